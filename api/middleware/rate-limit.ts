import type { Request, Response } from 'express';
import type { FormKind, Route } from '#contract/route.ts';
import { ApiProblem } from '../problem.ts';
import { contextOf, type Caller } from '../request-context.ts';
import { networkOf } from './network-of.ts';
import type { Counter, CreateCounter } from './request-counter.ts';

const WINDOW_SECONDS = 60;
/** Reports of an address without an account in an hour: an administrator reads each of them. */
const VISITOR_REPORTS_PER_HOUR = 5;
const HOUR_SECONDS = 3_600;
/** Images that one link sends in a minute: it is for people, not for a site that embeds it. */
const SHARED_IMAGES_PER_MINUTE = 120;
/** A service acts for many users. */
const SERVICE_FACTOR = 10;

export type RateLimiter = (req: Request, res: Response, route: Pick<Route, 'multipart'>) => Promise<void>;

export interface RateLimits {
  readonly limit: RateLimiter;
  /**
   * Counts a request whose token was refused, by its address, so that nobody can try tokens without end.
   * @throws ApiProblem rate_limited
   */
  denied(req: Request): Promise<void>;
  /**
   * Counts more requests of an account: a batch counts like its members.
   * @throws ApiProblem rate_limited
   */
  more(caller: Caller, requests: number): Promise<void>;
  /**
   * Counts a report without an account by its address.
   * @throws ApiProblem rate_limited
   */
  visitorReport(req: Request): Promise<void>;
  /**
   * Counts an image that a link sends, whoever asks.
   * @param digest of the link's token
   * @throws ApiProblem rate_limited
   */
  sharedImage(digest: string): Promise<void>;
  /** The requests and uploads that an account has left in this minute, without counting one. */
  left(caller: Caller): Promise<{ readonly requests: Allowance; readonly uploads: Allowance }>;
}

interface Allowance {
  readonly perMinute: number;
  readonly left: number;
}

export interface RateLimiterDeps {
  readonly createCounter: CreateCounter;
  readonly requestsPerMinute: number;
  readonly uploadsPerMinute: number;
}

interface Policy {
  /** In the response headers. */
  readonly name: string;
  readonly forUsers: Counter;
  readonly forServices: Counter;
}

/**
 * Limits the requests per minute of each account, or of each address without one, and the uploads and inspections of images among them. The limits hold across
 * all API processes. `limit` throws ApiProblem rate_limited; unavailable when the database is too busy to count.
 */
export function createRateLimiter({ createCounter, requestsPerMinute, uploadsPerMinute }: RateLimiterDeps): RateLimits {
  const createPolicy = (name: string, limit: number): Policy => ({
    name,
    forUsers: createCounter(name, limit, WINDOW_SECONDS),
    forServices: createCounter(`service ${name}`, limit * SERVICE_FACTOR, WINDOW_SECONDS),
  });
  const requests = createPolicy('default', requestsPerMinute);
  const forms: Readonly<Record<FormKind, Policy>> = {
    upload: createPolicy('uploads', uploadsPerMinute),
    inspection: createPolicy('inspections', uploadsPerMinute),
  };
  const denials = createCounter('denied', requestsPerMinute, WINDOW_SECONDS);
  const visitorReports = createCounter('visitor reports', VISITOR_REPORTS_PER_HOUR, HOUR_SECONDS);

  const sharedImages = createCounter('shared images', SHARED_IMAGES_PER_MINUTE, WINDOW_SECONDS);

  const counterOf = ({ forUsers, forServices }: Policy, caller: Caller | undefined) =>
    caller?.kind === 'service' ? forServices : forUsers;

  const count: RateLimiter = async (req, res, { multipart }) => {
    const { caller } = contextOf(res);
    const counted = await Promise.all(
      (multipart ? [requests, forms[multipart.countedAs]] : [requests]).map(async (policy) => {
        const counter = counterOf(policy, caller);
        return { name: policy.name, limit: counter.limit, ...(await counter.count(counterKey(req, caller))) };
      }),
    );
    // draft-ietf-httpapi-ratelimit-headers: requests left (r) until the window ends (t), and the policy (q in w seconds).
    res.set(
      'RateLimit',
      counted.map(({ name, left, resetSeconds }) => `"${name}";r=${left};t=${resetSeconds}`).join(', '),
    );
    res.set(
      'RateLimit-Policy',
      counted.map(({ name, limit }) => `"${name}";q=${limit};w=${WINDOW_SECONDS}`).join(', '),
    );
    const refused = counted.filter(({ allowed }) => !allowed);
    if (refused.length === 0) return;
    const retryAfterSeconds = Math.max(1, ...refused.map(({ resetSeconds }) => resetSeconds));
    throw new ApiProblem('rate_limited', { retryAfterSeconds });
  };

  return {
    limit: count,
    async more(caller, more) {
      if (more > 0) assertAllowed(await counterOf(requests, caller).count(caller.accountId, more));
    },
    async denied(req) {
      assertAllowed(await denials.count(counterKey(req, undefined)));
    },
    async visitorReport(req) {
      assertAllowed(await visitorReports.count(counterKey(req, undefined)));
    },
    async sharedImage(digest) {
      assertAllowed(await sharedImages.count(digest));
    },
    async left(caller) {
      const [ofRequests, ofUploads] = await Promise.all(
        [requests, forms.upload].map(async (policy) => {
          const counter = counterOf(policy, caller);
          return { perMinute: counter.limit, left: await counter.left(caller.accountId) };
        }),
      );
      return { requests: ofRequests!, uploads: ofUploads! };
    },
  };
}

function assertAllowed({ allowed, resetSeconds }: { readonly allowed: boolean; readonly resetSeconds: number }): void {
  if (!allowed) throw new ApiProblem('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) });
}

function counterKey(req: Request, caller: Caller | undefined): string {
  return caller?.accountId ?? `address ${networkOf(req.ip ?? 'unknown')}`;
}
