import { listQuery } from '../list.ts';
import { approvedAvatar, rejectAvatar, rejectedAvatar, reviewQueue } from '../moderation.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** The moderation queue. */
export const moderationRoutes = {
  listReviewQueue: {
    method: 'get',
    path: '/moderation/queue',
    tag: 'Moderation',
    summary: 'List avatars that need review, oldest first',
    access: 'avatars:read',
    only: 'admin',
    query: listQuery,
    replies: { 200: reviewQueue },
  },
  approveAvatar: {
    method: 'post',
    path: '/moderation/:id/approve',
    tag: 'Moderation',
    summary: 'Approve an avatar, so that it is shown; idempotent',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    replies: { 200: approvedAvatar },
    problems: ['conflict'],
  },
  rejectAvatar: {
    method: 'post',
    path: '/moderation/:id/reject',
    tag: 'Moderation',
    summary: 'Reject an avatar: remove it, refund its credits and notify its user; idempotent',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    body: rejectAvatar.optional(),
    replies: { 200: rejectedAvatar },
  },
} as const satisfies Record<string, Route>;
