import { describe, expect, it } from 'vitest';
import { comparedIds, withCompared } from './compare.ts';

const ID = (last: string) => `33333333-3333-4333-8333-33333333333${last}`;

describe('the compared avatars', () => {
  it('are two to four different ones that the address names; other parameters stay', () => {
    const params = withCompared(new URLSearchParams('style=noir'), [ID('1'), ID('2')]);
    expect(params.get('style')).toBe('noir');
    expect(comparedIds(params)).toEqual([ID('1'), ID('2')]);
    expect(withCompared(params, undefined).toString()).toBe('style=noir');
  });

  it.each([
    ['', 'none'],
    [ID('1'), 'one'],
    [`${ID('1')}.${ID('1')}`, 'one twice'],
    [`${ID('1')}.x`, 'one and no id'],
    [['1', '2', '3', '4', '5'].map(ID).join('.'), 'five'],
  ])('are none for "%s": %s', (compare) => {
    expect(comparedIds(new URLSearchParams({ compare }))).toBeUndefined();
  });
});
