import { batch, cancelBatch, createBatch } from '../batch.ts';
import { ADMISSION_PROBLEMS } from '../problem.ts';
import { KIBIBYTE, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Enough for fifty bodies with the longest prompts and personas. */
const BODY_MAX_BYTES = 768 * KIBIBYTE;

/** Many generations at once, with one hold. */
export const batchesRoutes = {
  createBatch: {
    method: 'post',
    path: '/projects/:id/batches',
    tag: 'Batches',
    summary: 'Create up to fifty generations at once; all credits are held, or none',
    access: 'generations:write',
    onBehalf: true,
    params: byId,
    body: createBatch,
    bodyMaxBytes: BODY_MAX_BYTES,
    idempotent: true,
    replies: { 202: batch },
    problems: [...ADMISSION_PROBLEMS, 'rate_limited'],
  },
  readBatch: {
    method: 'get',
    path: '/batches/:id',
    tag: 'Batches',
    summary: 'Read a batch with its members',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: batch },
  },
  cancelBatch: {
    method: 'post',
    path: '/batches/:id/cancel',
    tag: 'Batches',
    summary: 'Cancel the remaining members; finished ones are not changed, and the credits of the others are returned',
    access: 'generations:signal',
    onBehalf: true,
    params: byId,
    body: cancelBatch.optional(),
    replies: { 202: batch },
    problems: ['conflict'],
  },
} as const satisfies Record<string, Route>;
