import {
  duplicateGroupList,
  resolvedDuplicates,
  resolveDuplicates,
  similarAvatars,
  similarQuery,
} from '../duplicate.ts';
import { listQuery } from '../list.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** What looks alike. Finding warns; only people remove, and only into the trash. */
export const duplicatesRoutes = {
  listSimilar: {
    method: 'get',
    path: '/avatars/:id/similar',
    tag: 'Duplicates',
    summary: 'Avatars of mine that look like this one, the most alike first',
    access: 'avatars:read',
    params: byId,
    query: similarQuery,
    replies: { 200: similarAvatars },
  },
  listDuplicates: {
    method: 'get',
    path: '/duplicates',
    tag: 'Duplicates',
    summary: 'Groups of copies among my newest 5,000 avatars, each with the one worth keeping',
    access: 'avatars:read',
    query: listQuery,
    replies: { 200: duplicateGroupList },
  },
  resolveDuplicates: {
    method: 'post',
    path: '/duplicates/resolve',
    tag: 'Duplicates',
    summary: 'Keep one and move its copies into the trash: all of them or none',
    access: 'generations:write',
    body: resolveDuplicates,
    replies: { 200: resolvedDuplicates },
    problems: ['not_found'],
  },
} as const satisfies Record<string, Route>;
