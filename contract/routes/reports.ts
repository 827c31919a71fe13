import { listQuery } from '../list.ts';
import {
  createReport,
  dismissedReport,
  receivedReport,
  reportList,
  reviewedAvatar,
  takedownAvatar,
  takedownList,
} from '../report.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** Reports of avatars, and takedowns. */
export const reportsRoutes = {
  createReport: {
    method: 'post',
    path: '/reports',
    tag: 'Moderation',
    summary: 'Report an avatar, also another user’s; the answer is the same for one that does not exist',
    access: 'avatars:write',
    onBehalf: true,
    body: createReport,
    replies: { 202: receivedReport },
    problems: ['conflict'],
  },
  listReports: {
    method: 'get',
    path: '/moderation/reports',
    tag: 'Moderation',
    summary: 'List undecided reports, oldest first',
    access: 'avatars:read',
    only: 'admin',
    query: listQuery,
    replies: { 200: reportList },
  },
  dismissReport: {
    method: 'post',
    path: '/moderation/reports/:id/dismiss',
    tag: 'Moderation',
    summary: 'Dismiss a report: the avatar stays; idempotent',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    replies: { 200: dismissedReport },
  },
  listTakedowns: {
    method: 'get',
    path: '/moderation/takedowns',
    tag: 'Moderation',
    summary: 'List avatars that are taken down, oldest first',
    access: 'avatars:read',
    only: 'admin',
    query: listQuery,
    replies: { 200: takedownList },
  },
  takedownAvatar: {
    method: 'post',
    path: '/moderation/:id/takedown',
    tag: 'Moderation',
    summary:
      'Hide an avatar’s image from everybody but admins, close its reports and tell its user the reason; idempotent',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    body: takedownAvatar,
    replies: { 200: reviewedAvatar },
  },
  restoreTakenDownAvatar: {
    method: 'post',
    path: '/moderation/:id/restore',
    tag: 'Moderation',
    summary: 'Show an avatar again that was taken down, and notify its user; idempotent',
    access: 'generations:signal',
    only: 'admin',
    params: byId,
    replies: { 200: reviewedAvatar },
    problems: ['conflict'],
  },
} as const satisfies Record<string, Route>;
