import { type Bucket, BUCKETS, countBuckets, MOST_BUCKETS, wholeBuckets } from '#domain/account/time-bucket.ts';

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;
export const RANGES = [7, 30, 90, 365] as const;
/** Of a URL without one. */
export const DEFAULT_DAYS = 30;
/** Default bucket: hours below this many days, weeks above that many. */
const HOURS_BELOW_DAYS = 3;
const WEEKS_ABOVE_DAYS = 120;

/** The range of the dashboard, stored in the URL. Days are UTC, like the figures. */
export interface UsageRange {
  /** First and last day, both inclusive: 2026-11-23. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** The same range for the API: ISO timestamps, `to` exclusive. */
  readonly from: string;
  readonly to: string;
  /** One of RANGES, ending today; undefined for custom days. */
  readonly days: number | undefined;
  readonly bucket: Bucket;
  /** Of these days in a URL without one. */
  readonly defaultBucket: Bucket;
  /** Buckets that keep the number of points within limits. */
  readonly buckets: readonly Bucket[];
  readonly account: 'mine' | 'all';
}

/** Reads the range from URL parameters; invalid values are ignored. */
export function readRange(params: URLSearchParams, nowMs: number): UsageRange {
  const today = startOfDay(nowMs);
  const picked = readDays(params);
  const requestedDays = Number(params.get('days'));
  const days = picked ? undefined : (RANGES.find((range) => range === requestedDays) ?? DEFAULT_DAYS);
  const { first, last } = picked ?? { first: today - ((days ?? DEFAULT_DAYS) - 1) * DAY_MS, last: today };
  const span = { from: new Date(first), to: new Date(last + DAY_MS) };
  const defaultBucket = defaultBucketOf((last - first) / DAY_MS + 1);
  const buckets = BUCKETS.filter((bucket) => countBuckets(wholeBuckets(span, bucket), bucket) <= MOST_BUCKETS[bucket]);
  return {
    firstDay: dayOf(first),
    lastDay: dayOf(last),
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    days,
    bucket: buckets.find((bucket) => bucket === params.get('bucket')) ?? defaultBucket,
    defaultBucket,
    buckets,
    account: params.get('account') === 'all' ? 'all' : 'mine',
  };
}

function readDays(params: URLSearchParams): { first: number; last: number } | undefined {
  const [first, last] = [params.get('from'), params.get('to')].map((day) =>
    day && DAY.test(day) ? Date.parse(day) : Number.NaN,
  );
  return first !== undefined && last !== undefined && first <= last ? { first, last } : undefined;
}

function defaultBucketOf(days: number): Bucket {
  if (days < HOURS_BELOW_DAYS) return 'hour';
  return days > WEEKS_ABOVE_DAYS ? 'week' : 'day';
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
