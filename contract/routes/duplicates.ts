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

/** Duplicates. Finding them changes nothing; only users remove avatars, and only into the trash. */
export const duplicatesRoutes = {
  listSimilar: {
    method: 'get',
    path: '/avatars/:id/similar',
    tag: 'Duplicates',
    summary: 'List the caller’s avatars that are similar to this one, the most similar first',
    access: 'avatars:read',
    params: byId,
    query: similarQuery,
    replies: { 200: similarAvatars },
  },
  listDuplicates: {
    method: 'get',
    path: '/duplicates',
    tag: 'Duplicates',
    summary: 'Group duplicates among the caller’s newest 5,000 avatars, each with the one suggested to keep',
    access: 'avatars:read',
    query: listQuery,
    replies: { 200: duplicateGroupList },
  },
  resolveDuplicates: {
    method: 'post',
    path: '/duplicates/resolve',
    tag: 'Duplicates',
    summary: 'Keep one avatar and move its duplicates to the trash: all or none',
    access: 'avatars:delete',
    body: resolveDuplicates,
    replies: { 200: resolvedDuplicates },
    problems: ['not_found'],
  },
} as const satisfies Record<string, Route>;
