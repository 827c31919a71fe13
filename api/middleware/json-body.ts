import express, { type Request, type RequestHandler } from 'express';
import { ApiProblem } from '../problem.ts';

/** The largest body of the contract (a prompt, a persona, attributes) is well below this. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Reads a JSON body; another content type is 415, more than {@link BODY_LIMIT_BYTES} is 413. */
export function jsonBody(): RequestHandler[] {
  return [
    (req, _res, next) => {
      if (hasBody(req) && !req.is('application/json')) {
        throw new ApiProblem('unsupported_media', { detail: 'Send application/json' });
      }
      next();
    },
    express.json({ limit: BODY_LIMIT_BYTES, type: 'application/json' }),
  ];
}

/** A POST without a body is announced with a length of 0 by browsers. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
