import { describe, expect, it } from 'vitest';
import { readRange } from './range.ts';

const NOW = Date.parse('2026-11-23T09:30:00.000Z');
const read = (query: string) => readRange(new URLSearchParams(query), NOW);

describe('readRange', () => {
  it('defaults to the last thirty days including today, by day', () => {
    expect(read('')).toMatchObject({
      firstDay: '2026-10-25',
      lastDay: '2026-11-23',
      from: '2026-10-25T00:00:00.000Z',
      to: '2026-11-24T00:00:00.000Z',
      days: 30,
      bucket: 'day',
      account: 'mine',
    });
  });

  it('reads custom days, both inclusive', () => {
    expect(read('from=2026-11-01&to=2026-11-02&bucket=hour')).toMatchObject({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
      days: undefined,
      bucket: 'hour',
    });
  });

  it.each([
    'from=2026-11-02&to=2026-11-01',
    'from=yesterday&to=2026-11-02',
    'from=2026-11-02',
    'days=4',
    'bucket=year',
  ])('ignores invalid parameters: %s', (query) => expect(read(query)).toEqual(read('')));

  it('does not offer buckets with too many points', () => {
    expect(read('days=365').buckets).toEqual(['day', 'week']);
    expect(read('days=365&bucket=hour').bucket).toBe('week');
    expect(read('days=7').buckets).toEqual(['hour', 'day', 'week']);
  });
});
