import { describe, expect, it } from 'vitest';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { countedTotal, countedUpToMax } from './total.ts';

describe('the length of a list', () => {
  it.each([
    [{ total: 1, totalIsExact: true }, '1\u00A0avatar'],
    [{ total: 3, totalIsExact: true }, '3\u00A0avatars'],
    [{ total: 1, totalIsExact: false }, '1+\u00A0avatars'],
    [{ total: 10_000, totalIsExact: false }, '10\u202F000+\u00A0avatars'],
  ])('%o is shown as %s', (meta, text) => {
    expect(countedTotal(meta, 'avatar')).toBe(text);
  });

  it('has a plus where counting stopped', () => {
    expect([countedUpToMax(COUNTED_MAX - 1, 'avatar'), countedUpToMax(COUNTED_MAX, 'avatar')]).toEqual([
      '4\u202F999\u00A0avatars',
      '5\u202F000+\u00A0avatars',
    ]);
  });
});
