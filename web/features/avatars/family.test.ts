import { describe, expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import type { Avatar } from '#contract/avatar.ts';
import { familyOf } from './family.ts';

const { generation } = anAvatar();
function one(id: string, minute: number, from?: string): Avatar {
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

describe('the family of an avatar', () => {
  const [root, child, sibling, grandchild, stranger] = [
    one('root', 0),
    one('child', 1, 'root'),
    one('sibling', 2, 'root'),
    one('grandchild', 3, 'child'),
    one('stranger', 4),
  ];
  const all = [stranger, grandchild, sibling, child, root];
  const ids = (avatar: Avatar) => familyOf(avatar, all).map(({ id }) => id);

  it('is what was made from it', () => {
    expect(ids(root)).toEqual(['root', 'child', 'sibling']);
  });

  it('is where it came from, what else came from there, and what came from it', () => {
    expect(ids(child)).toEqual(['root', 'child', 'sibling', 'grandchild']);
  });

  it('is itself alone where nothing is known of others', () => {
    expect(ids(stranger)).toEqual(['stranger']);
    expect(familyOf(grandchild, []).map(({ id }) => id)).toEqual(['grandchild']);
  });
});
