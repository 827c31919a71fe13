import { batch, cancelBatch, createBatch } from '../batch.ts';
import { KIBIBYTE, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Fifty bodies with the longest prompts and personas. */
const BODY_MAX_BYTES = 768 * KIBIBYTE;

/** Many at once: held together, made side by side. */
export const batchesRoutes = {
  createBatch: {
    method: 'post',
    path: '/projects/:id/batches',
    tag: 'Batches',
    summary: 'Start up to fifty at once; all credits are held, or none',
    access: 'generations:write',
    params: byId,
    body: createBatch,
    bodyMaxBytes: BODY_MAX_BYTES,
    idempotent: true,
    replies: { 202: batch },
    problems: [
      'conflict',
      'prompt_rejected',
      'insufficient_credits',
      'daily_limit',
      'too_many_pending',
      'rate_limited',
    ],
  },
  readBatch: {
    method: 'get',
    path: '/batches/:id',
    tag: 'Batches',
    summary: 'One batch with its members',
    access: 'avatars:read',
    params: byId,
    replies: { 200: batch },
  },
  cancelBatch: {
    method: 'post',
    path: '/batches/:id/cancel',
    tag: 'Batches',
    summary: 'Cancel the rest; what is done stays, the credits of the others come back',
    access: 'generations:signal',
    params: byId,
    body: cancelBatch.optional(),
    replies: { 202: batch },
    problems: ['conflict'],
  },
} as const satisfies Record<string, Route>;
