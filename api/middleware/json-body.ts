import express, { type Request, type RequestHandler } from 'express';
import { KIBIBYTE, type Route } from '#contract/route.ts';
import { ApiProblem } from '../problem.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';

/** Bodies (a prompt, a persona, attributes) are well below this; routes with larger ones set `bodyMaxBytes`. */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

/**
 * Reads a JSON body.
 * @throws ApiProblem unsupported_media, payload_too_large
 */
export function jsonBody({
  bodyMaxBytes: limit = BODY_LIMIT_BYTES,
}: Pick<Route, 'bodyMaxBytes'> = {}): RequestHandler[] {
  return [
    (req, _res, next) => {
      if (hasBody(req) && !req.is('application/json')) {
        throw new ApiProblem('unsupported_media', { detail: 'Send application/json' });
      }
      next();
    },
    refuseAtLimit(express.json({ limit, type: 'application/json' }), limit),
  ];
}

/** Browsers send a Content-Length of 0 with a POST without a body. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
