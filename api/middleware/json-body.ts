import express, { type Request, type RequestHandler, type Response } from 'express';
import type { ServerResponse } from 'node:http';
import { KIBIBYTE, type Route } from '../../contract/route.ts';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';

/** A body of the contract (a prompt, a persona, attributes) is well below this, unless its route says otherwise. */
const BODY_LIMIT_BYTES = 64 * KIBIBYTE;

/**
 * Reads a JSON body; another content type is 415, one that is too large is 413. The bytes of a signed one are kept
 * as they came.
 */
export function jsonBody({
  signed,
  bodyMaxBytes: limit = BODY_LIMIT_BYTES,
}: Pick<Route, 'signed' | 'bodyMaxBytes'> = {}): RequestHandler[] {
  return [
    (req, _res, next) => {
      if (hasBody(req) && !req.is('application/json')) {
        throw new ApiProblem('unsupported_media', { detail: 'Send application/json' });
      }
      next();
    },
    express.json({ limit, type: 'application/json', ...(signed && { verify: keepBytes }) }),
  ];
}

function keepBytes(_req: unknown, res: ServerResponse, bytes: Buffer): void {
  contextOf(res as Response).rawBody = bytes;
}

/** A POST without a body is announced with a length of 0 by browsers. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
