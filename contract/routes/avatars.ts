import { avatar, bulkAvatars, bulkResult, deleteAvatarQuery, restoreAvatar, updateAvatar } from '../avatar.ts';
import { avatarList, avatarListQuery } from '../project.ts';
import { NO_CONTENT, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** What was made. */
export const avatarsRoutes = {
  listAvatars: {
    method: 'get',
    path: '/avatars',
    tag: 'Avatars',
    summary: 'My avatars, of all projects',
    access: 'avatars:read',
    query: avatarListQuery,
    replies: { 200: avatarList },
  },
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
  changeAvatars: {
    method: 'post',
    path: '/avatars/bulk',
    tag: 'Avatars',
    summary: 'Move, trash, restore or delete many: all of them or none',
    access: 'generations:write',
    body: bulkAvatars,
    replies: { 200: bulkResult },
    problems: ['not_found'],
  },
  readAvatar: {
    method: 'get',
    path: '/avatars/:id',
    tag: 'Avatars',
    summary: 'One avatar, also one in the trash',
    access: 'avatars:read',
    params: byId,
    replies: { 200: avatar },
  },
  updateAvatar: {
    method: 'patch',
    path: '/avatars/:id',
    tag: 'Avatars',
    summary: 'Change name, persona or attributes',
    access: 'generations:write',
    params: byId,
    body: updateAvatar,
    replies: { 200: avatar },
  },
  deleteAvatar: {
    method: 'delete',
    path: '/avatars/:id',
    tag: 'Avatars',
    summary: 'Put it into the trash, or delete it for good',
    access: 'generations:write',
    params: byId,
    query: deleteAvatarQuery,
    replies: { 204: NO_CONTENT },
  },
  restoreAvatar: {
    method: 'post',
    path: '/avatars/:id/restore',
    tag: 'Avatars',
    summary: 'Take it out of the trash',
    access: 'generations:write',
    params: byId,
    body: restoreAvatar.optional(),
    replies: { 200: avatar },
  },
} as const satisfies Record<string, Route>;
