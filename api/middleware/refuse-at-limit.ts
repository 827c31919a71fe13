import type { RequestHandler } from 'express';
import { ApiProblem } from '../problem.ts';

/**
 * Express' own parsers read a body that is too large to its end before they refuse it, and whoever sends slowly waits in vain. Around
 * one of them, this refuses it as soon as it is known: by its announced length, or when the limit has come.
 * @param limitBytes of the body as it is sent; what it unpacks to is the parser's to count
 * @throws ApiProblem payload_too_large
 */
export function refuseAtLimit(parse: RequestHandler, limitBytes: number): RequestHandler {
  return (req, res, next) => {
    if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
    let isOver = false;
    const over = (error?: unknown) => {
      if (isOver) return;
      isOver = true;
      next(error);
    };
    let receivedBytes = 0;
    req.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (receivedBytes > limitBytes) over(tooLarge());
    });
    parse(req, res, over);
  };
}

function tooLarge(): ApiProblem {
  return new ApiProblem('payload_too_large', { detail: 'The body is too large' });
}
