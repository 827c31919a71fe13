import type { Avatar } from '#contract/avatar.ts';
import { distinctNames } from '#domain/avatar/avatar-name.ts';
import type { AvatarChanges } from './bulk-changes.ts';

/** Gives all of them one name, numbered from the second on in the order in which they are shown. */
export function renamed(avatars: readonly Pick<Avatar, 'id'>[], name: string): AvatarChanges {
  const names = distinctNames(avatars.map(() => name));
  return avatars.map(({ id }, index) => ({ id, name: names[index]! }));
}
