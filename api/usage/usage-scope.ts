import { type Bucket, countBuckets, MOST_BUCKETS, type Span, wholeBuckets } from '#domain/account/time-bucket.ts';
import type { Reach } from '#drizzle/queries/usage/analytics.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

interface UsagePeriod {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account: 'mine' | 'all';
}

/**
 * Resolves whose usage a query covers and for which period, in whole buckets.
 * @param grain the bucket to which the period is rounded
 * @param limit the bucket whose maximum count bounds the period, if it differs from `grain`
 * @throws ApiProblem forbidden when a user queries all accounts; validation_failed for an empty or too long period
 */
export function usageScopeOf(query: UsagePeriod, caller: Caller, grain: Bucket, limit: Bucket = grain): Reach {
  if (query.account === 'all' && caller.role !== 'admin') {
    throw new ApiProblem('forbidden', { detail: 'Only admins can read the usage of all accounts' });
  }
  const to = query.to === undefined ? new Date() : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(query.from);
  if (from >= to) throw invalidPeriod('must be before `to`');
  const span: Span = wholeBuckets({ from, to }, grain);
  if (countBuckets(wholeBuckets(span, limit), limit) > MOST_BUCKETS[limit]) {
    throw invalidPeriod(`must be at most ${MOST_BUCKETS[limit]} ${limit}s before \`to\``);
  }
  return { ...span, accountId: query.account === 'all' ? undefined : caller.accountId };
}

function invalidPeriod(message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path: 'from', message }] });
}
