import { listQuery } from '../list.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';
import {
  costsQuery,
  trackedUsage,
  trackUsage,
  trendsQuery,
  usageCosts,
  usageQuery,
  usageSummary,
  usageTrends,
  useList,
} from '../usage.ts';

/** Uses and costs of avatars. */
export const usageRoutes = {
  trackUsage: {
    method: 'post',
    path: '/avatars/:id/usage',
    tag: 'Usage',
    summary: 'Record that an app used an avatar; one key counts once',
    access: 'usage:write',
    onBehalf: true,
    params: byId,
    body: trackUsage,
    idempotent: true,
    replies: { 201: trackedUsage },
  },
  listUsage: {
    method: 'get',
    path: '/avatars/:id/usage',
    tag: 'Usage',
    summary: 'List the uses of an avatar, newest first',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    query: listQuery,
    replies: { 200: useList },
  },
  readUsageSummary: {
    method: 'get',
    path: '/usage/summary',
    tag: 'Usage',
    summary: 'Read a usage summary: uses by app, avatars, credits',
    access: 'avatars:read',
    query: usageQuery,
    replies: { 200: usageSummary },
  },
  readUsageTrends: {
    method: 'get',
    path: '/usage/trends',
    tag: 'Usage',
    summary: 'Read uses, avatars, credits and provider cost over time, without gaps',
    access: 'avatars:read',
    query: trendsQuery,
    replies: { 200: usageTrends },
  },
  readUsageCosts: {
    method: 'get',
    path: '/usage/costs',
    tag: 'Usage',
    summary: 'Read costs by project, app, provider or day',
    access: 'avatars:read',
    query: costsQuery,
    replies: { 200: usageCosts },
  },
} as const satisfies Record<string, Route>;
