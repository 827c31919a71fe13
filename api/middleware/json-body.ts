import express, { type RequestHandler } from 'express';
import { ApiProblem } from '../problem.ts';

/** The largest body of the contract (a prompt, a persona, attributes) is well below this. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Reads a JSON body; another content type is 415, more than {@link BODY_LIMIT_BYTES} is 413. */
export function jsonBody(): RequestHandler[] {
  return [
    (req, _res, next) => {
      // `false` means there is a body of another type, `null` that there is none.
      if (req.is('application/json') === false)
        throw new ApiProblem('unsupported_media', { detail: 'Send application/json' });
      next();
    },
    express.json({ limit: BODY_LIMIT_BYTES, type: 'application/json' }),
  ];
}
