import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketsOf, bucketStart, countBuckets, wholeBuckets } from './time-bucket.ts';

const at = (text: string): Date => new Date(text);
const moment = fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2200-01-01T00:00:00Z'), noInvalidDate: true });

describe('time buckets', () => {
  it('start on the hour, at midnight UTC and on Monday', () => {
    const sunday = at('2026-11-22T23:59:59.999Z');
    expect(bucketStart(sunday, 'hour')).toEqual(at('2026-11-22T23:00:00Z'));
    expect(bucketStart(sunday, 'day')).toEqual(at('2026-11-22T00:00:00Z'));
    expect(bucketStart(sunday, 'week')).toEqual(at('2026-11-16T00:00:00Z'));
    expect(bucketStart(at('2026-11-23T00:00:00Z'), 'week')).toEqual(at('2026-11-23T00:00:00Z'));
  });

  it('cover a span without gaps, including the whole last bucket', () => {
    const span = wholeBuckets({ from: at('2026-11-22T10:20:00Z'), to: at('2026-11-24T00:00:00.001Z') }, 'day');
    expect(bucketsOf(span, 'day')).toEqual([
      at('2026-11-22T00:00:00Z'),
      at('2026-11-23T00:00:00Z'),
      at('2026-11-24T00:00:00Z'),
    ]);
  });

  it('do not add a bucket that starts at the end of the span', () => {
    const span = wholeBuckets({ from: at('2026-11-22T00:00:00Z'), to: at('2026-11-23T00:00:00Z') }, 'day');
    expect(bucketsOf(span, 'day')).toHaveLength(1);
  });

  it('are empty for an empty span', () => {
    const span = wholeBuckets({ from: at('2026-11-22T10:20:00Z'), to: at('2026-11-22T10:20:00Z') }, 'hour');
    expect(bucketsOf(span, 'hour')).toEqual([]);
  });

  it('contain every moment of the span exactly once', () => {
    fc.assert(
      fc.property(
        moment,
        fc.nat(40 * 86_400_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, length, share) => {
          const to = new Date(from.getTime() + length + 1);
          const inside = new Date(from.getTime() + Math.floor(share * length));
          for (const bucket of BUCKETS) {
            const span = wholeBuckets({ from, to }, bucket);
            const buckets = bucketsOf(span, bucket);
            expect(buckets.filter((start) => start.getTime() === bucketStart(inside, bucket).getTime())).toHaveLength(
              1,
            );
            expect(buckets).toHaveLength(countBuckets(span, bucket));
            expect(buckets.every((start) => bucketStart(start, bucket).getTime() === start.getTime())).toBe(true);
          }
        },
      ),
    );
  });
});
