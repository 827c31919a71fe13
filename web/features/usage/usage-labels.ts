import type { Bucket } from '#domain/account/time-bucket.ts';
import { formatCount } from '#web/format/count.ts';

const DAY = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const HOUR = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;

/** Label of a bucket: "23 Nov", "23 Nov 09:00", "week of 23 Nov". Buckets are UTC. */
export function bucketName(iso: string, bucket: Bucket): string {
  const at = new Date(iso);
  const day = at.toLocaleDateString('en-GB', DAY);
  if (bucket === 'hour') return `${day} ${at.toLocaleTimeString('en-GB', HOUR)}`;
  return bucket === 'week' ? `week of ${day}` : day;
}

/** Rounded credits: a cost shared among apps has fractions. Negative when refunds exceed spending. */
export function creditsOf(value: number): string {
  return `${value < 0 ? '\u2212' : ''}${formatCount(Math.abs(value))}`;
}
