import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';

const WINDOW_SECONDS = 60;
/** A service speaks for many users from one account. */
const SERVICE_FACTOR = 10;

export type RateLimiter = (req: Request, res: Response) => Promise<void>;

/**
 * So many requests a minute for each account, or for each address where nobody is signed in. Counted in this process: with n
 * API processes the true limit is up to n times as high, which a limit against accidents may be.
 * @throws ApiProblem rate_limited
 */
export function createRateLimiter({ requestsPerMinute }: { requestsPerMinute: number }): RateLimiter {
  const forUsers = new RateLimiterMemory({ points: requestsPerMinute, duration: WINDOW_SECONDS });
  const forServices = new RateLimiterMemory({ points: requestsPerMinute * SERVICE_FACTOR, duration: WINDOW_SECONDS });
  return async (req, res) => {
    const { caller } = contextOf(res);
    const limiter = caller?.kind === 'service' ? forServices : forUsers;
    const result = await limiter.consume(caller?.accountId ?? `address ${req.ip}`).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const resetSeconds = Math.ceil(result.msBeforeNext / 1000);
    // draft-ietf-httpapi-ratelimit-headers: what is left (r) until the window ends (t), and the policy (q in w seconds).
    res.set('RateLimit', `"default";r=${result.remainingPoints};t=${resetSeconds}`);
    res.set('RateLimit-Policy', `"default";q=${limiter.points};w=${WINDOW_SECONDS}`);
    if (result.consumedPoints > limiter.points)
      throw new ApiProblem('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) });
  };
}
