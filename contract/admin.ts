import { z } from 'zod';
import { ACT_OUTCOMES, ADMIN_ACTS } from '#domain/account/admin-act.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { credits } from './credits.ts';
import { listOf, listQuery } from './list.ts';
import { identifier, text, timestamp, uuid } from './text.ts';

const ACCOUNT_ID = '0198c0de-0000-7000-8000-000000000003';
const GENERATION_ID = '0198c0de-0000-7000-8000-000000000001';
const AT = '2026-11-23T08:00:00.000Z';
/** A day's generations of a busy installation; send the request again for more. */
const CANCEL_MAX = 500;
const CANCEL_DEFAULT = 100;
const OLDER_THAN_MAX_SECONDS = 30 * 24 * 3600;
const REASON_MAX_LENGTH = 200;
const FILTERS = ['accountId', 'status', 'provider', 'olderThanSeconds'] as const;

export const reason = text(REASON_MAX_LENGTH);

export const refundGeneration = z
  .strictObject({ generationId: uuid, reason })
  .meta({ id: 'RefundGeneration', examples: [{ generationId: GENERATION_ID, reason: 'The image has six fingers' }] });
export const refunded = z.strictObject({ generationId: uuid, amount: z.number().int().min(1), credits }).meta({
  id: 'Refunded',
  examples: [{ generationId: GENERATION_ID, amount: 10, credits: { available: 100, held: 0, posted: 100 } }],
});

/** POST /admin/generations/cancel: the oldest unfinished generations that match. */
export const cancelGenerations = z
  .strictObject({
    accountId: uuid.optional(),
    status: z.enum(['requested', 'pending', 'processing']).optional(),
    provider: z
      .enum(PROVIDERS)
      .optional()
      .meta({ description: 'The provider that is generating, or else the first candidate of the plan' }),
    olderThanSeconds: z.number().int().min(0).max(OLDER_THAN_MAX_SECONDS).optional(),
    limit: z.number().int().min(1).max(CANCEL_MAX).default(CANCEL_DEFAULT),
    reason: reason.optional(),
  })
  .refine((body) => FILTERS.some((name) => body[name] !== undefined), {
    error: `name at least one of ${FILTERS.join(', ')}`,
  })
  .meta({
    id: 'CancelGenerations',
    examples: [{ provider: 'replicate', olderThanSeconds: 600, reason: 'outage' }],
    anyOf: FILTERS.map((name) => ({ required: [name] })),
  });

export const cancelledGenerations = z
  .strictObject({
    count: z.number().int(),
    ids: z
      .array(uuid)
      .meta({ description: 'Generations whose cancellation was requested; their credits are returned' }),
    notReached: z.array(uuid).meta({
      description:
        'Generations whose cancellation could not be requested because Temporal is unavailable: send the request again',
    }),
    more: z.boolean().meta({ description: 'More than `limit` generations match: send the request again' }),
  })
  .meta({
    id: 'CancelledGenerations',
    examples: [{ count: 1, ids: [GENERATION_ID], notReached: [], more: false }],
  });

export const reconcileTriggered = z
  .strictObject({ triggered: z.literal(true) })
  .meta({ id: 'ReconcileTriggered', examples: [{ triggered: true }] });

export const auditQuery = listQuery.extend({
  actorId: uuid.optional(),
  act: z.enum(ADMIN_ACTS).optional(),
  target: identifier(100)
    .optional()
    .meta({ description: 'Id or name of the account, generation, avatar or provider that was acted on' }),
});
const AUDITED_ACT = {
  id: '0198c0de-0000-7000-8000-000000000020',
  actorId: '0198c0de-0000-7000-8000-000000000004',
  act: 'account.refund',
  target: ACCOUNT_ID,
  body: { generationId: GENERATION_ID, reason: 'The image has six fingers' },
  requestId: 'b0f5',
  outcome: 'done',
  status: 200,
  result: { amount: 10 },
  at: AT,
} as const;
const auditedAct = z
  .strictObject({
    id: uuid,
    actorId: uuid.meta({ description: "The admin's opaque account" }),
    act: z.enum(ADMIN_ACTS),
    target: z.string().nullable(),
    body: z.record(z.string(), z.unknown()),
    requestId: z.string(),
    outcome: z.enum([...ACT_OUTCOMES, 'unknown']).meta({
      description: 'unknown: the action is still running, or its process ended before the outcome was recorded',
    }),
    status: z.number().int().nullable(),
    result: z.record(z.string(), z.unknown()),
    at: timestamp,
  })
  .meta({ id: 'AuditedAct', examples: [AUDITED_ACT] });
export const auditList = listOf(auditedAct).meta({
  id: 'AuditList',
  examples: [{ data: [AUDITED_ACT], meta: { nextCursor: null, hasMore: false, total: 1, totalIsExact: true } }],
});
