import type { Avatar } from '#contract/avatar.ts';
import type { UpdateAvatars } from '#contract/bulk-avatars.ts';

export type AvatarChanges = UpdateAvatars['changes'];
type Attributes = NonNullable<AvatarChanges[number]['attributes']>;

export function withFavorite(avatars: readonly Pick<Avatar, 'id'>[], favorite: boolean): AvatarChanges {
  return avatars.map(({ id }) => ({ id, favorite }));
}

/** @param attributes those to set; the others stay */
export function withAttributes(avatars: readonly Pick<Avatar, 'id'>[], attributes: Attributes): AvatarChanges {
  return avatars.map(({ id }) => ({ id, attributes }));
}

/** The changes that bring the avatars back to what they are now. */
export function undoing(changes: AvatarChanges, avatars: readonly Avatar[]): AvatarChanges {
  return changes.flatMap(({ id, name, favorite, attributes }) => {
    const avatar = avatars.find((known) => known.id === id);
    if (!avatar) return [];
    const before =
      attributes && Object.keys(attributes).map((key) => [key, avatar.attributes[key as keyof Attributes]]);
    return [
      {
        id,
        ...(name !== undefined && { name: avatar.name }),
        ...(favorite !== undefined && { favorite: avatar.favorite }),
        ...(before && { attributes: Object.fromEntries(before.map(([key, value]) => [key, value ?? null])) }),
      },
    ];
  });
}
