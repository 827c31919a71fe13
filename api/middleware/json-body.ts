import express, { type Request, type RequestHandler } from 'express';
import { KIBIBYTE, type Route } from '#contract/route.ts';
import { ApiProblem } from '../problem.ts';
import { refuseAtLimit } from './refuse-at-limit.ts';

/** A body of the contract (a prompt, a persona, attributes) is well below this, unless its route says otherwise. */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

/** Reads a JSON body; another content type is 415, one that is too large is 413. */
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

/** A POST without a body is announced with a length of 0 by browsers. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
