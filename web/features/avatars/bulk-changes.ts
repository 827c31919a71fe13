import type { Avatar } from '#contract/avatar.ts';
import type { UpdateAvatars } from '#contract/bulk-avatars.ts';
import type { ChosenAttributes } from '#web/components/attributes/attribute-choices.ts';

export type AvatarChanges = UpdateAvatars['changes'];
type Attributes = NonNullable<AvatarChanges[number]['attributes']>;

export function withFavorite(avatars: readonly Pick<Avatar, 'id'>[], favorite: boolean): AvatarChanges {
  return avatars.map(({ id }) => ({ id, favorite }));
}

/** What was chosen, for the API: an empty value clears an attribute, and a missing one leaves it. */
export function attributeChanges(values: ChosenAttributes): Attributes {
  const chosen = Object.entries(values).filter(([, value]) => value !== undefined);
  // The chips offer only the contract's values.
  return Object.fromEntries(chosen.map(([name, value]) => [name, value?.trim() || null])) as Attributes;
}

/** @param attributes those to set, or with null to clear; the others stay */
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
