import type { RequestHandler } from 'express';
import { ApiProblem } from '../problem.ts';

/**
 * Wraps one of Express's body parsers, which read a too large body to its end before they refuse it. This refuses it as early as
 * possible: by its Content-Length, or when the limit is exceeded.
 * @param limitBytes of the body as it is sent; the parser limits the decompressed size
 * @throws ApiProblem payload_too_large
 */
export function refuseAtLimit(parse: RequestHandler, limitBytes: number): RequestHandler {
  return (req, res, next) => {
    if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
    let isDone = false;
    const finish = (error?: unknown) => {
      if (isDone) return;
      isDone = true;
      next(error);
    };
    let receivedBytes = 0;
    req.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (receivedBytes > limitBytes) finish(tooLarge());
    });
    parse(req, res, finish);
  };
}

function tooLarge(): ApiProblem {
  return new ApiProblem('payload_too_large', { detail: 'The body is too large' });
}
