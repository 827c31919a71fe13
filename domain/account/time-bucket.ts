export const BUCKETS = ['hour', 'day', 'week'] as const;
export type Bucket = (typeof BUCKETS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LENGTH_MS: Readonly<Record<Bucket, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
/** Weeks begin on a Monday, and the epoch was a Thursday. */
const OFFSET_MS: Readonly<Record<Bucket, number>> = { hour: 0, day: 0, week: 4 * DAY_MS };
/** Maximum points of a series: a month of hours, two years of days, ten years of weeks. */
export const MOST_BUCKETS: Readonly<Record<Bucket, number>> = { hour: 31 * 24, day: 731, week: 522 };

/** A period whose end is exclusive. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** The start of the bucket that contains `moment`, UTC. */
export function bucketStart(moment: Date, bucket: Bucket): Date {
  const [length, offset] = [LENGTH_MS[bucket], OFFSET_MS[bucket]];
  return new Date(Math.floor((moment.getTime() - offset) / length) * length + offset);
}

/** Extends a span to whole buckets. An empty span stays empty. */
export function wholeBuckets({ from, to }: Span, bucket: Bucket): Span {
  const start = bucketStart(from, bucket);
  if (to <= from) return { from: start, to: start };
  const end = bucketStart(new Date(to.getTime() - 1), bucket);
  return { from: start, to: new Date(end.getTime() + LENGTH_MS[bucket]) };
}

/** The number of buckets in a span of whole buckets. */
export function countBuckets({ from, to }: Span, bucket: Bucket): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / LENGTH_MS[bucket]));
}

/** The starts of all buckets of a span of whole buckets, oldest first, empty ones included. */
export function bucketsOf(span: Span, bucket: Bucket): Date[] {
  return Array.from(
    { length: countBuckets(span, bucket) },
    (_unused, index) => new Date(span.from.getTime() + index * LENGTH_MS[bucket]),
  );
}
