import { describe, expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import type { Avatar } from '#contract/avatar.ts';
import { familyOf } from './family.ts';

const { generation } = anAvatar();
function avatarFrom(id: string, minute: number, from?: string): Avatar {
  const reference = from === undefined ? null : { avatarId: from, uploadId: null, seed: 7 };
  const recipe = {
    mode: 'variation',
    strength: 0.5,
    reference,
    presetId: null,
    aspectRatio: '1:1',
    size: 1024,
    quality: 'standard',
    finish: 'plain',
  } as const;
  const createdAt = `2026-11-23T08:0${minute}:00.000Z`;
  return anAvatar({ id, createdAt, generation: { ...generation, recipe } });
}

describe('familyOf', () => {
  const [root, child, sibling, grandchild, stranger] = [
    avatarFrom('root', 0),
    avatarFrom('child', 1, 'root'),
    avatarFrom('sibling', 2, 'root'),
    avatarFrom('grandchild', 3, 'child'),
    avatarFrom('stranger', 4),
  ];
  const all = [stranger, grandchild, sibling, child, root];
  const ids = (avatar: Avatar) => familyOf(avatar, all).map(({ id }) => id);

  it('returns a root and the avatars generated from it', () => {
    expect(ids(root)).toEqual(['root', 'child', 'sibling']);
  });

  it('returns the reference, its other variations, and the variations of the avatar itself', () => {
    expect(ids(child)).toEqual(['root', 'child', 'sibling', 'grandchild']);
  });

  it('returns the avatar alone when it has no relatives in the list', () => {
    expect(ids(stranger)).toEqual(['stranger']);
    expect(familyOf(grandchild, []).map(({ id }) => id)).toEqual(['grandchild']);
  });
});
