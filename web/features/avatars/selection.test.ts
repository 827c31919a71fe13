import { describe, expect, it } from 'vitest';
import { atMost, SELECTED_MAX, toggled } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

describe('the selection', () => {
  it('toggles one id', () => {
    const selected = toggled(new Set(), ids, 'b');
    expect([...selected]).toEqual(['b']);
    expect([...toggled(selected, ids, 'b')]).toEqual([]);
  });

  it('adds the range between anchor and id, in either direction', () => {
    expect([...toggled(new Set(['e']), ids, 'c', 'a')].toSorted()).toEqual(['a', 'b', 'c', 'e']);
    expect([...toggled(new Set(['d']), ids, 'b', 'd')].toSorted()).toEqual(['b', 'c', 'd']);
  });

  it('selects one id when the anchor is no longer in the list', () => {
    expect([...toggled(new Set(), ids, 'c', 'zzz')]).toEqual(['c']);
  });

  it('is capped at the bulk limit', () => {
    const many = Array.from({ length: SELECTED_MAX + 5 }, (_, index) => `id-${index}`);
    expect(atMost(many).size).toBe(SELECTED_MAX);
    expect(toggled(new Set(), many, many.at(-1) ?? '', many[0]).size).toBe(SELECTED_MAX);
  });
});
