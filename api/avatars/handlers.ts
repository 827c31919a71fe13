import type { avatarsRoutes } from '../../contract/routes/avatars.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../handlers.ts';
import { listProjectAvatars } from './list.ts';
import { readAvatar } from './read.ts';

export function avatarHandlers({ database, presentAvatar: present }: HandlersDeps): HandlersOf<typeof avatarsRoutes> {
  const deps = { database, present };
  return {
    listProjectAvatars: listProjectAvatars(deps),
    readAvatar: readAvatar(deps),
  };
}
