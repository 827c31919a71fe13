import { avatar } from '../avatar.ts';
import { avatarList, avatarListQuery } from '../project.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** What was made. */
export const avatarsRoutes = {
  listProjectAvatars: {
    method: 'get',
    path: '/projects/:id/avatars',
    tag: 'Avatars',
    summary: 'The avatars of a project',
    access: 'avatars:read',
    params: byId,
    query: avatarListQuery,
    replies: { 200: avatarList },
  },
  readAvatar: {
    method: 'get',
    path: '/avatars/:id',
    tag: 'Avatars',
    summary: 'One avatar',
    access: 'avatars:read',
    params: byId,
    replies: { 200: avatar },
  },
} as const satisfies Record<string, Route>;
