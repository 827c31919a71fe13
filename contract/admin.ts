import { z } from 'zod';
import { GRANT_MAX } from '#domain/account/granted-credits.ts';
import { ACT_OUTCOMES, ADMIN_ACTS } from '#domain/account/admin-act.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { ASSIGNABLE_TIERS, TIERS } from '#domain/generation/tier.ts';
import { credits, TRANSFER_KINDS, withheldCredits } from './credits.ts';
import { generation } from './generation.ts';
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

const reason = text(REASON_MAX_LENGTH);
const ASSIGNED = 'The tier that an admin has set; null: the tier follows the user’s sign-in';

/** GET /admin/accounts/:id: the account with its latest transfers and generations. */
export const adminAccount = z
  .strictObject({
    id: uuid,
    tier: z.enum(TIERS),
    assignedTier: z.enum(ASSIGNABLE_TIERS).nullable().meta({ description: ASSIGNED }),
    displayName: z.string().nullable(),
    erased: z.boolean().meta({ description: 'The user was erased; only the ledger’s opaque account remains' }),
    credits,
    limits: z.strictObject({
      dailyGenerations: z.number().int(),
      usedToday: z.number().int(),
      hourlyGenerations: z.number().int().nullable(),
      usedThisHour: z.number().int(),
      unfinishedGenerations: z.number().int(),
      unfinishedNow: z.number().int(),
    }),
    starterCredits: withheldCredits,
    blockedAt: timestamp.nullable().meta({ description: 'Null: not blocked' }),
    ledger: z.strictObject({
      total: z.number().int(),
      totalIsExact: z.boolean(),
      newest: z.array(
        z.strictObject({
          id: uuid,
          kind: z.enum(TRANSFER_KINDS),
          amount: z.number().int(),
          generationId: uuid.nullable(),
          reference: z.string().nullable(),
          createdAt: timestamp,
        }),
      ),
    }),
    generations: z.strictObject({
      total: z.number().int(),
      totalIsExact: z.boolean(),
      newest: z.array(generation),
    }),
    createdAt: timestamp,
  })
  .meta({
    id: 'AdminAccount',
    examples: [
      {
        id: ACCOUNT_ID,
        tier: 'free',
        assignedTier: null,
        displayName: 'Ada',
        erased: false,
        credits: { available: 90, held: 0, posted: 90 },
        limits: {
          dailyGenerations: 50,
          usedToday: 1,
          hourlyGenerations: 40,
          usedThisHour: 1,
          unfinishedGenerations: 20,
          unfinishedNow: 0,
        },
        starterCredits: null,
        blockedAt: null,
        ledger: { total: 3, totalIsExact: true, newest: [] },
        generations: { total: 1, totalIsExact: true, newest: [] },
        createdAt: AT,
      },
    ],
  });

export const refundGeneration = z
  .strictObject({ generationId: uuid, reason })
  .meta({ id: 'RefundGeneration', examples: [{ generationId: GENERATION_ID, reason: 'The image has six fingers' }] });
export const refunded = z.strictObject({ generationId: uuid, amount: z.number().int().min(1), credits }).meta({
  id: 'Refunded',
  examples: [{ generationId: GENERATION_ID, amount: 10, credits: { available: 100, held: 0, posted: 100 } }],
});

export const setAccountBlock = z
  .strictObject({ blocked: z.boolean(), reason })
  .meta({ id: 'SetAccountBlock', examples: [{ blocked: true, reason: 'Sells its credits' }] });
export const accountBlock = z
  .strictObject({
    blockedAt: timestamp.nullable().meta({ description: 'Null: not blocked' }),
    cancelled: z.number().int().min(0).meta({ description: 'Unfinished generations that were cancelled' }),
    notReached: z.number().int().min(0).meta({ description: 'Those that could not be: send the request again' }),
  })
  .meta({ id: 'AccountBlock', examples: [{ blockedAt: AT, cancelled: 2, notReached: 0 }] });

export const starterCreditsGranted = z.strictObject({ amount: z.number().int().min(1), credits }).meta({
  id: 'StarterCreditsGranted',
  examples: [{ amount: 100, credits: { available: 100, held: 0, posted: 100 } }],
});

const foundAccount = z
  .strictObject({
    id: uuid,
    displayName: z.string().nullable(),
    tier: z.enum(TIERS),
    available: z.number().int().meta({ description: 'Credits that can be spent' }),
    blockedAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({
    id: 'FoundAccount',
    examples: [{ id: ACCOUNT_ID, displayName: 'Ada', tier: 'free', available: 90, blockedAt: null, createdAt: AT }],
  });
export const foundAccounts = listOf(foundAccount).meta({ id: 'FoundAccounts' });
/** GET /admin/accounts. Erased accounts have nothing to be found by. */
export const accountQuery = listQuery.extend({
  q: text(100, 0).optional().meta({
    description:
      'Each word must occur in the name, or in the subject of the user’s sign-in, which is the e-mail address with some identity providers. Case, accents and punctuation don’t matter',
  }),
});

export const grantCredits = z
  .strictObject({
    grantId: uuid.meta({
      description: 'Chosen by the client. Sending it again with the same account and amount changes nothing',
    }),
    amount: z.number().int().min(1).max(GRANT_MAX).meta({ description: 'Credits' }),
    reason,
  })
  .meta({
    id: 'GrantCredits',
    examples: [{ grantId: '0198c0de-0000-7000-8000-000000000021', amount: 200, reason: 'The outage of Monday' }],
  });
export const creditsGranted = z
  .strictObject({ id: uuid.meta({ description: 'Id of the transfer' }), amount: z.number().int().min(1), credits })
  .meta({
    id: 'CreditsGranted',
    examples: [
      {
        id: '0198f0a2-5b1e-7c41-9d5e-2f6a7b8c9d0e',
        amount: 200,
        credits: { available: 290, held: 0, posted: 290 },
      },
    ],
  });

export const setAccountTier = z
  .strictObject({
    tier: z.enum(ASSIGNABLE_TIERS).nullable().meta({ description: 'Null: the tier of the user’s sign-in again' }),
    reason,
  })
  .meta({ id: 'SetAccountTier', examples: [{ tier: 'pro', reason: 'Pays by invoice' }] });
export const accountTier = z
  .strictObject({
    from: z.enum(TIERS),
    to: z.enum(TIERS).meta({
      description: 'In effect from the next request on. After null it stays until the user’s next request',
    }),
    assignedTier: z.enum(ASSIGNABLE_TIERS).nullable().meta({ description: ASSIGNED }),
    dailyGenerations: z.number().int(),
    hourlyGenerations: z.number().int(),
    unfinishedGenerations: z.number().int(),
    priority: z.number().int().min(1).max(5).meta({ description: 'Of new generations, 1 is first' }),
  })
  .meta({
    id: 'AccountTier',
    examples: [
      {
        from: 'free',
        to: 'pro',
        assignedTier: 'pro',
        dailyGenerations: 1000,
        hourlyGenerations: 800,
        unfinishedGenerations: 500,
        priority: 2,
      },
    ],
  });

export const setNewGenerations = z
  .strictObject({ paused: z.boolean() })
  .meta({ id: 'SetNewGenerations', examples: [{ paused: true }] });
export const setProvider = z
  .strictObject({ enabled: z.boolean() })
  .meta({ id: 'SetProvider', examples: [{ enabled: false }] });
export const byProviderName = z.strictObject({ name: z.enum(PROVIDERS) });

/** The feature switches, and each provider's circuit and budget. A change reaches every process within a second. */
export const switches = z
  .strictObject({
    newGenerations: z.strictObject({ paused: z.boolean(), changedAt: timestamp.nullable() }),
    providers: z.array(
      z.strictObject({
        name: z.enum(PROVIDERS),
        enabled: z.boolean(),
        configured: z.boolean().meta({ description: 'An API key for the provider is configured' }),
        changedAt: timestamp.nullable(),
        circuit: z
          .strictObject({
            state: z
              .enum(['closed', 'open', 'half_open'])
              .meta({ description: 'half_open: one attempt probes the provider' }),
            until: timestamp.nullable().meta({ description: 'No generation is submitted before this time' }),
            openModels: z
              .array(z.string())
              .meta({ description: 'Models whose own circuit is open while the circuit of the provider is closed' }),
            lastFailure: z.enum(PROVIDER_FAILURES).nullable(),
            checkedAt: timestamp.nullable().meta({ description: 'When it was last probed by a free call' }),
            checkFailure: z.enum(PROVIDER_FAILURES).nullable(),
          })
          .meta({ description: 'Current state of the provider, shared by all workers' }),
        spentTodayUsd: z
          .number()
          .meta({ description: 'Cost since midnight UTC, with estimates for unfinished attempts' }),
      }),
    ),
  })
  .meta({
    id: 'Switches',
    examples: [
      {
        newGenerations: { paused: false, changedAt: null },
        providers: [
          {
            name: 'replicate',
            enabled: false,
            configured: true,
            changedAt: AT,
            circuit: {
              state: 'open',
              until: AT,
              openModels: [],
              lastFailure: 'transient',
              checkedAt: AT,
              checkFailure: 'transient',
            },
            spentTodayUsd: 1.25,
          },
        ],
      },
    ],
  });
export type Switches = z.infer<typeof switches>;

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
