import { describe, expect, it } from 'vitest';
import { parseIdempotencyKey } from './idempotency-key.ts';

describe('the Idempotency-Key header', () => {
  it.each([
    ['plain', 'order-1', 'order-1'],
    ['quoted', '"order-1"', 'order-1'],
    ['quoted with escapes', String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ['with spaces around', '  order-1 ', 'order-1'],
    ['with a quote in the middle', 'a"b', 'a"b'],
  ])('is one key, %s', (_how, header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it('may be left out', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['empty in quotes', '""'],
    ['without the closing quote', '"order-1'],
    ['too long', 'x'.repeat(256)],
    ['not ASCII', 'schlüssel'],
    ['with a control character', 'a\u0007b'],
  ])('is refused when %s', (_reason, header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });

  it('may have 255 characters', () => {
    expect(parseIdempotencyKey('x'.repeat(255))).toHaveLength(255);
  });
});
