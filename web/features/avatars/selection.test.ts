import { describe, expect, it } from 'vitest';
import { atMost, SELECTED_MAX, toggled } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

describe('selecting', () => {
  it('turns one on and off', () => {
    const one = toggled(new Set(), ids, 'b');
    expect([...one]).toEqual(['b']);
    expect([...toggled(one, ids, 'b')]).toEqual([]);
  });

  it('takes all between with shift, in either direction, and keeps what was selected', () => {
    expect([...toggled(new Set(['e']), ids, 'c', 'a')].toSorted()).toEqual(['a', 'b', 'c', 'e']);
    expect([...toggled(new Set(['d']), ids, 'b', 'd')].toSorted()).toEqual(['b', 'c', 'd']);
  });

  it('takes one alone when the place shift began at is gone', () => {
    expect([...toggled(new Set(), ids, 'c', 'zzz')]).toEqual(['c']);
  });

  it('stops at what can be done in one go', () => {
    const many = Array.from({ length: SELECTED_MAX + 5 }, (_, index) => `id-${index}`);
    expect(atMost(many).size).toBe(SELECTED_MAX);
    expect(toggled(new Set(), many, many.at(-1) ?? '', many[0]).size).toBe(SELECTED_MAX);
  });
});
