import { describe, expect, it } from 'vitest';
import { groupDuplicates, type Lookalike } from './duplicates.ts';

function avatar(id: string, changes: Partial<Lookalike> = {}): Lookalike {
  return { id, sha256: id, usageCount: 0, pixels: 100, createdAt: new Date(0), ...changes };
}

describe('groups of duplicates', () => {
  it('hold avatars of the same bytes, and those whose looks are linked, also over a third', () => {
    const avatars = [
      avatar('a', { sha256: 'same' }),
      avatar('b', { sha256: 'same' }),
      avatar('c'),
      avatar('d'),
      avatar('e'),
      avatar('alone'),
    ];
    const groups = groupDuplicates(avatars, [
      ['c', 'd'],
      ['d', 'e'],
    ]);
    expect(groups.map(({ match, members }) => [match, members.map(({ id }) => id)])).toEqual([
      ['exact', ['a', 'b']],
      ['near', ['c', 'd', 'e']],
    ]);
  });

  it('are near as soon as one member has other bytes', () => {
    const avatars = [avatar('a', { sha256: 'same' }), avatar('b', { sha256: 'same' }), avatar('c')];
    expect(groupDuplicates(avatars, [['b', 'c']])).toMatchObject([{ match: 'near', members: [{}, {}, {}] }]);
  });

  it('leave out links to what is not among the avatars', () => {
    expect(groupDuplicates([avatar('a')], [['a', 'elsewhere']])).toEqual([]);
  });
});

describe('the keeper that is suggested', () => {
  const keeperOf = (...changes: Partial<Lookalike>[]) => {
    const avatars = changes.map((change, index) => avatar(`${index}`, { sha256: 'same', ...change }));
    const [group] = groupDuplicates(avatars, []);
    return [group?.keeper.id, group?.reason];
  };

  it('is the one that is used most, before all else', () => {
    expect(keeperOf({ pixels: 900 }, { usageCount: 3 }, { usageCount: 1 })).toEqual(['1', 'most_used']);
  });

  it('is the largest where use does not tell', () => {
    expect(keeperOf({ usageCount: 2 }, { usageCount: 2, pixels: 900 }, { pixels: 2000 })).toEqual(['1', 'largest']);
  });

  it('is the oldest where nothing else tells', () => {
    expect(keeperOf({ createdAt: new Date(2) }, { createdAt: new Date(1) }, { createdAt: new Date(3) })).toEqual([
      '1',
      'oldest',
    ]);
  });

  it('is always the same one, whatever the order of the avatars', () => {
    const avatars = ['a', 'b', 'c'].map((id) => avatar(id, { sha256: 'same' }));
    const keepers = [avatars, avatars.toReversed()].map((given) => groupDuplicates(given, [])[0]?.keeper.id);
    expect(keepers).toEqual(['a', 'a']);
  });
});
