import type { RequestHandler } from 'express';

const METHODS = 'GET, POST, PATCH, DELETE';
const ACCEPTED_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Traceparent, X-Device-Id, X-Request-Id';
const EXPOSED_HEADERS = 'Location, Idempotent-Replayed, Retry-After, RateLimit, RateLimit-Policy, ETag, X-Request-Id';
/** A browser caches the preflight response for so long; Chromium allows no more than two hours. */
const PREFLIGHT_SECONDS = 7200;

/** Allows browsers to call the API from pages of `origin` only. Tokens are sent in a header, so cookies are not allowed. */
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
