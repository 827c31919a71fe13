import { describe, expect, it } from 'vitest';
import { bucketName, creditsOf, dollars, percent } from './usage-labels.ts';

describe('usage labels', () => {
  it('name a bucket after the time it covers', () => {
    const at = '2026-11-23T09:00:00.000Z';
    expect(bucketName(at, 'hour')).toBe('23 Nov 09:00');
    expect(bucketName(at, 'day')).toBe('23 Nov');
    expect(bucketName(at, 'week')).toBe('week of 23 Nov');
  });

  it('keep fractions of a cent in small amounts', () => {
    expect([0, 0.0125, 4.07, 12.345].map(dollars)).toEqual(['$0.00', '$0.013', '$4.070', '$12.35']);
    expect(dollars(-0.003)).toBe('\u2212$0.003');
  });

  it('round credits, also when refunds exceed spending', () => {
    expect([1_612, 2.5, -10].map(creditsOf)).toEqual(['1\u202F612', '3', '\u221210']);
  });

  it('format a share as a percentage', () => {
    expect([1, 0.976, 0].map(percent)).toEqual(['100\u00A0%', '97.6\u00A0%', '0.0\u00A0%']);
  });
});
