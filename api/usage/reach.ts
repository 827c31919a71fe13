import { type Bucket, countBuckets, MOST_BUCKETS, type Span, wholeBuckets } from '#domain/account/time-bucket.ts';
import type { Reach } from '#drizzle/queries/usage/analytics.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account: 'mine' | 'all';
}

/**
 * What a question about usage reaches: whose figures, and from when to when, in whole buckets.
 * @param grain what the answer is cut into
 * @param limit the bucket whose limit bounds it, where that is another one
 * @throws ApiProblem forbidden, validation_failed
 */
export function reachOf(asked: Asked, caller: Caller, grain: Bucket, limit: Bucket = grain): Reach {
  if (asked.account === 'all' && caller.role !== 'admin') {
    throw new ApiProblem('forbidden', { detail: 'Only admins see the figures of everybody' });
  }
  const to = asked.to === undefined ? new Date() : new Date(asked.to);
  const from = asked.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(asked.from);
  if (from >= to) throw refused('must be before `to`');
  const span: Span = wholeBuckets({ from, to }, grain);
  if (countBuckets(wholeBuckets(span, limit), limit) > MOST_BUCKETS[limit]) {
    throw refused(`must be at most ${MOST_BUCKETS[limit]} ${limit}s before \`to\``);
  }
  return { ...span, accountId: asked.account === 'all' ? undefined : caller.accountId };
}

function refused(message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path: 'from', message }] });
}
