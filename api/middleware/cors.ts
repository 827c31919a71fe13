import type { RequestHandler } from 'express';

const METHODS = 'GET, POST, PATCH, DELETE';
const ACCEPTED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id';
const EXPOSED_HEADERS = 'Location, Idempotent-Replayed, Retry-After, RateLimit, RateLimit-Policy, ETag, X-Request-Id';
/** A browser asks again after this, seconds; Chromium allows no more than two hours. */
const PREFLIGHT_SECONDS = 7200;

/** Lets the web page of `origin` call from a browser, and no other. Tokens travel in a header, so no cookies. */
export function cors(origin: string | undefined): RequestHandler {
  return (req, res, next) => {
    res.vary('Origin');
    const allowed = origin !== undefined && req.get('Origin') === origin;
    if (allowed) res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED_HEADERS });
    if (req.method !== 'OPTIONS') return next();
    if (allowed) {
      res.set({
        'Access-Control-Allow-Methods': METHODS,
        'Access-Control-Allow-Headers': ACCEPTED_HEADERS,
        'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
      });
    }
    res.status(204).end();
  };
}
