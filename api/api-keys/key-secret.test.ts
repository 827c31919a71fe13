import { expect, it } from 'vitest';
import { digestOf, isWellFormedKey, newKey } from './key-secret.ts';

it('creates keys that are well-formed and never the same', () => {
  const keys = Array.from({ length: 50 }, () => newKey().key);
  expect(new Set(keys).size).toBe(50);
  for (const key of keys) expect({ key, ok: isWellFormedKey(key) }).toEqual({ key, ok: true });
});

it('stores the start and the digest only', () => {
  const { key, secret } = newKey();
  expect(secret).toEqual({ start: key.slice(0, 8), digest: digestOf(key) });
});

it('finds a typing error by the checksum', () => {
  const { key } = newKey();
  for (const at of [4, 10, key.length - 1]) {
    const other = key[at] === 'a' ? 'b' : 'a';
    expect(isWellFormedKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
  expect(isWellFormedKey(`${key}a`)).toBe(false);
  expect(isWellFormedKey(key.slice(0, -1))).toBe(false);
});
