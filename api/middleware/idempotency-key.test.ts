import { describe, expect, it } from 'vitest';
import { parseIdempotencyKey } from './idempotency-key.ts';

describe('parseIdempotencyKey', () => {
  it.each([
    ['that is plain', 'key-1', 'key-1'],
    ['that is quoted', '"key-1"', 'key-1'],
    ['that is quoted with escapes', String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ['with spaces around', '  key-1 ', 'key-1'],
    ['with a quote in the middle', 'a"b', 'a"b'],
  ])('reads a key %s', (_how, header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it('returns undefined without a header', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['empty in quotes', '""'],
    ['missing its closing quote', '"key-1'],
    ['too long', 'x'.repeat(256)],
    ['not ASCII', 'schlüssel'],
    ['containing a control character', 'a\u0007b'],
  ])('refuses a key that is %s', (_reason, header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });

  it('accepts 255 characters', () => {
    expect(parseIdempotencyKey('x'.repeat(255))).toHaveLength(255);
  });
});
