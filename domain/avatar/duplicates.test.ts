import { describe, expect, it } from 'vitest';
import { groupDuplicates, type Lookalike } from './duplicates.ts';

function avatar(id: string, changes: Partial<Lookalike> = {}): Lookalike {
  return { id, sha256: id, usageCount: 0, pixels: 100, createdAt: new Date(0), ...changes };
}

describe('groups of duplicates', () => {
  it('contain avatars with identical bytes or similar hashes, also transitively', () => {
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

  it('are near matches as soon as one member has different bytes', () => {
    const avatars = [avatar('a', { sha256: 'same' }), avatar('b', { sha256: 'same' }), avatar('c')];
    expect(groupDuplicates(avatars, [['b', 'c']])).toMatchObject([{ match: 'near', members: [{}, {}, {}] }]);
  });

  it('ignore links to unknown avatars', () => {
    expect(groupDuplicates([avatar('a')], [['a', 'elsewhere']])).toEqual([]);
  });
});

describe('the suggested keeper', () => {
  const keeperOf = (...changes: Partial<Lookalike>[]) => {
    const avatars = changes.map((change, index) => avatar(`${index}`, { sha256: 'same', ...change }));
    const [group] = groupDuplicates(avatars, []);
    return [group?.keeper.id, group?.reason];
  };

  it('is the most used avatar', () => {
    expect(keeperOf({ pixels: 900 }, { usageCount: 3 }, { usageCount: 1 })).toEqual(['1', 'most_used']);
  });

  it('is the largest of equally used avatars', () => {
    expect(keeperOf({ usageCount: 2 }, { usageCount: 2, pixels: 900 }, { pixels: 2000 })).toEqual(['1', 'largest']);
  });

  it('is the oldest of otherwise equal avatars', () => {
    expect(keeperOf({ createdAt: new Date(2) }, { createdAt: new Date(1) }, { createdAt: new Date(3) })).toEqual([
      '1',
      'oldest',
    ]);
  });

  it('does not depend on the order of the avatars', () => {
    const avatars = ['a', 'b', 'c'].map((id) => avatar(id, { sha256: 'same' }));
    const keepers = [avatars, avatars.toReversed()].map((given) => groupDuplicates(given, [])[0]?.keeper.id);
    expect(keepers).toEqual(['a', 'a']);
  });
});
