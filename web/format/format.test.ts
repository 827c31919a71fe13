import { describe, expect, it } from 'vitest';
import { counted, formatCount, ordinal } from './count.ts';
import { formatDollars } from './dollars.ts';
import { formatEstimate, formatElapsed, formatDuration } from './duration.ts';
import { formatMoment } from './moment.ts';
import { formatPercent } from './percent.ts';

describe('formatted numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_204, '1\u202F204'],
    [3_104_882_671, '3\u202F104\u202F882\u202F671'],
  ])('group the digits of %d with no-break spaces', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it('use the singular and plural of their noun', () => {
    expect([counted(0, 'credit'), counted(1, 'credit'), counted(2, 'credit')]).toEqual([
      '0\u00A0credits',
      '1\u00A0credit',
      '2\u00A0credits',
    ]);
  });

  it('have the English ordinal suffix', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th'.split(' '),
    );
  });
});

describe('formatted dollars', () => {
  it.each([
    [0, '$0.00'],
    [0.0006, '$0.0006'],
    [0.003, '$0.003'],
    [0.0125, '$0.013'],
    [0.04, '$0.04'],
    [4.07, '$4.07'],
    [12.345, '$12.35'],
    [1204.5, '$1\u202F204.50'],
    [-0.003, '\u2212$0.003'],
  ])('keep fractions of a cent in small amounts: %d', (usd, text) => {
    expect(formatDollars(usd)).toBe(text);
  });
});

describe('formatted dollars of an axis', () => {
  it.each([
    [4, 0, '$4'],
    [0.0075, 4, '$0.0075'],
    [0.03, 4, '$0.0300'],
    [12_500, 0, '$12\u202F500'],
  ])('have as many decimals as the others: %d with %d', (usd, decimals, text) => {
    expect(formatDollars(usd, decimals)).toBe(text);
  });
});

describe('formatted percentages', () => {
  it.each([
    [null, 'none yet'],
    [0, '0\u00A0%'],
    [0.5, '50\u00A0%'],
    [0.9764, '97.6\u00A0%'],
    [1, '100\u00A0%'],
  ])('have one decimal at most: %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

describe('formatted durations', () => {
  it('show elapsed time as a clock that is never negative', () => {
    expect([-5_000, 6_400, 760_000, 3_723_000].map(formatElapsed)).toEqual(['0:00', '0:06', '12:40', '1:02:03']);
  });

  it('round estimates', () => {
    expect([2, 18, 60, 170, 7_300].map(formatEstimate)).toEqual([
      'a few seconds',
      'about 20\u00A0s',
      'about 1\u00A0min',
      'about 3\u00A0min',
      'about 2\u00A0h',
    ]);
  });

  it('show measured durations', () => {
    expect([4_230, 14_600, 65_000].map(formatDuration)).toEqual(['4.2\u00A0s', '15\u00A0s', '1\u00A0min 5\u00A0s']);
  });
});

describe('formatMoment', () => {
  const now = new Date(2026, 10, 23, 12, 0);
  it.each([
    [new Date(2026, 10, 23, 9, 58), 'today, 09:58'],
    [new Date(2026, 10, 22, 23, 59), 'yesterday'],
    [new Date(2026, 10, 18, 8, 0), '18 Nov'],
    [new Date(2025, 10, 18, 8, 0), '18 Nov 2025'],
  ])('formats %s as precisely as useful', (at, text) => {
    expect(formatMoment(at.toISOString(), now)).toBe(text);
  });
});
