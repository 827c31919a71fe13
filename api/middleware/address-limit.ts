import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiProblem } from '../problem.ts';
import { networkOf } from './network-of.ts';

const WINDOW_SECONDS = 60;
const MS_PER_SECOND = 1_000;

/**
 * Limits the requests per minute of an address to what is served without identity and without the database, which must not be asked to
 * count them: each process counts by itself.
 * @returns throws ApiProblem rate_limited
 */
export function limitAddresses(requestsPerMinute: number): RequestHandler {
  const counter = new RateLimiterMemory({ points: requestsPerMinute, duration: WINDOW_SECONDS });
  return async (req, _res, next) => {
    await counter.consume(networkOf(req.ip ?? 'unknown')).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / MS_PER_SECOND));
      throw new ApiProblem('rate_limited', { retryAfterSeconds });
    });
    next();
  };
}
