import { describe, expect, it } from 'vitest';
import { bucketName, creditsOf } from './usage-labels.ts';

describe('usage labels', () => {
  it('name a bucket after the time it covers', () => {
    const at = '2026-11-23T09:00:00.000Z';
    expect(bucketName(at, 'hour')).toBe('23 Nov 09:00');
    expect(bucketName(at, 'day')).toBe('23 Nov');
    expect(bucketName(at, 'week')).toBe('week of 23 Nov');
  });

  it('round credits, also when refunds exceed spending', () => {
    expect([1_612, 2.5, -10].map(creditsOf)).toEqual(['1\u202F612', '3', '\u221210']);
  });
});
