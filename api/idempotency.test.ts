import { describe, expect, it } from 'vitest';
import { idFor, requestHash } from './idempotency.ts';

describe('idFor', () => {
  const account = '01a2078b-3061-7ee1-b5b2-ff4863bb1054';

  it('returns the same id for the same account, route and key', () => {
    expect(idFor(account, 'POST /a', 'k')).toBe(idFor(account, 'POST /a', 'k'));
  });

  it('returns another id for another account, route or key, or without a key', () => {
    const ids = [
      idFor(account, 'POST /a', 'k'),
      idFor('01a2078b-3061-7ee1-b5b2-ff4863bb1055', 'POST /a', 'k'),
      idFor(account, 'POST /b', 'k'),
      idFor(account, 'POST /a', 'l'),
      idFor(account, 'POST /a', undefined),
      idFor(account, 'POST /a', undefined),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('returns ids that sort by time without a key', () => {
    const ids = Array.from({ length: 50 }, () => idFor(account, 'POST /a', undefined));
    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('requestHash', () => {
  it('does not depend on the order of fields', () => {
    expect(requestHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(requestHash({ b: { d: null, c: [1, 2] }, a: 1 }));
  });

  it('ignores undefined fields', () => {
    expect(requestHash({ a: 1, b: undefined })).toBe(requestHash({ a: 1 }));
  });

  it.each([
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: '1' }, { a: 1 }],
    [{ a: {} }, { a: [] }],
    [{ a: null }, {}],
    [{ 'a":1,"b': 2 }, { a: 1, b: 2 }],
  ])('differs for %j and %j', (one, other) => {
    expect(requestHash(one)).not.toBe(requestHash(other));
  });

  it('is SHA-256 in hexadecimal', () => {
    expect(requestHash({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
