import { listQuery } from '../list.ts';
import { createObjection, decidedObjection, decideObjection, objection, objectionList } from '../objection.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** Objections to refused texts. */
export const objectionsRoutes = {
  createObjection: {
    method: 'post',
    path: '/objections',
    tag: 'Moderation',
    summary: 'Object to a refused text; the same texts again answer the same objection',
    access: 'avatars:write',
    onBehalf: true,
    body: createObjection,
    replies: { 201: objection },
    problems: ['conflict'],
  },
  listObjections: {
    method: 'get',
    path: '/moderation/objections',
    tag: 'Moderation',
    summary: 'List undecided objections, oldest first',
    access: 'avatars:read',
    only: 'admin',
    query: listQuery,
    replies: { 200: objectionList },
  },
  decideObjection: {
    method: 'post',
    path: '/moderation/objections/:id/decide',
    tag: 'Moderation',
    summary: 'Allow a text for an account, or keep it refused, and notify the user; the first decision is final',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    body: decideObjection,
    replies: { 200: decidedObjection },
    problems: ['conflict'],
  },
} as const satisfies Record<string, Route>;
