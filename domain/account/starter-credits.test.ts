import { describe, expect, it } from 'vitest';
import { countedSignals, DEFAULT_STARTER_LIMITS, mayBeGranted, uniqueAddress } from './starter-credits.ts';

describe('uniqueAddress', () => {
  it.each([
    ['Ada@Example.com', 'ada@example.com'],
    [' ada+studio@example.com', 'ada@example.com'],
    ['a.d.a@example.com', 'a.d.a@example.com'],
    ['A.D.A+2@googlemail.com', 'ada@gmail.com'],
    ['ada@example.com'.replace('a', '\uFF41'), 'ada@example.com'],
    ['+49 30 1234', '+49 30 1234'],
  ])('of "%s" is "%s"', (address, unique) => {
    expect(uniqueAddress(address)).toBe(unique);
  });
});

describe('countedSignals', () => {
  it('leave out what is unknown', () => {
    expect(countedSignals({ verified: false, device: undefined }, DEFAULT_STARTER_LIMITS).counted).toEqual([]);
    expect(countedSignals({ verified: false, network: '203.0.113.7' }, { network: 3, device: 1 }).counted).toEqual([
      { kind: 'network', value: '203.0.113.7', most: 3, windowMs: 86_400_000 },
    ]);
  });
});

describe('withheld starter credits', () => {
  const now = new Date('2026-11-23T08:00:00Z');

  it.each([
    ['before the window ends', new Date(now.getTime() + 1), false, false],
    ['when the window has ended', now, false, true],
    ['without an end', null, false, false],
    ['of a verified identity', null, true, true],
  ])('may be granted %s: %s, verified %s -> %s', (_, retryAt, verified, granted) => {
    expect(mayBeGranted({ reason: 'network', retryAt }, { verified }, now)).toBe(granted);
  });
});
