import { avatar } from '../avatar.ts';
import { generation } from '../generation.ts';
import { avatarBatch, batchGetAvatars, createGenerationFor, signalGeneration } from '../internal.ts';
import { ADMISSION_PROBLEMS } from '../problem.ts';
import { INTERNAL_BASE, type Route } from '../route.ts';
import { byId } from '../text.ts';
import { trackedUsage, trackUsage } from '../usage.ts';

/** For other services of the platform, always on behalf of a user: X-On-Behalf-Of is required. */
export const internalRoutes = {
  readAvatarFor: {
    method: 'get',
    base: INTERNAL_BASE,
    path: '/avatars/:id',
    tag: 'Internal',
    summary: "Read one of the user's avatars",
    access: 'avatars:read',
    only: 'service',
    onBehalf: true,
    params: byId,
    replies: { 200: avatar },
  },
  batchGetAvatarsFor: {
    method: 'post',
    base: INTERNAL_BASE,
    path: '/avatars/batch-get',
    tag: 'Internal',
    summary: "Read many of the user's avatars at once",
    access: 'avatars:read',
    only: 'service',
    onBehalf: true,
    body: batchGetAvatars,
    replies: { 200: avatarBatch },
  },
  trackUsageFor: {
    method: 'post',
    base: INTERNAL_BASE,
    path: '/avatars/:id/usage',
    tag: 'Internal',
    summary: "Record that an app used one of the user's avatars; one key counts once",
    access: 'usage:write',
    only: 'service',
    onBehalf: true,
    params: byId,
    body: trackUsage,
    idempotent: true,
    replies: { 201: trackedUsage },
  },
  createGenerationFor: {
    method: 'post',
    base: INTERNAL_BASE,
    path: '/generations',
    tag: 'Internal',
    summary: 'Create a generation for a user, with their credits',
    access: 'generations:write',
    only: 'service',
    onBehalf: true,
    body: createGenerationFor,
    idempotent: true,
    replies: { 202: generation },
    problems: ['not_found', ...ADMISSION_PROBLEMS],
  },
  signalGenerationFor: {
    method: 'post',
    base: INTERNAL_BASE,
    path: '/generations/:id/signal',
    tag: 'Internal',
    summary: "Cancel one of the user's generations, or change its priority",
    access: 'generations:signal',
    only: 'service',
    onBehalf: true,
    params: byId,
    body: signalGeneration,
    replies: { 202: generation },
    problems: ['conflict'],
  },
} as const satisfies Record<string, Route>;
