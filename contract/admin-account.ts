import { z } from 'zod';
import { GRANT_MAX } from '#domain/account/granted-credits.ts';
import { ASSIGNABLE_TIERS, TIERS } from '#domain/generation/tier.ts';
import { reason } from './admin.ts';
import { credits, TRANSFER_KINDS, withheldCredits } from './credits.ts';
import { generation } from './generation.ts';
import { listOf, listQuery } from './list.ts';
import { text, timestamp, uuid } from './text.ts';

const ACCOUNT_ID = '0198c0de-0000-7000-8000-000000000003';
const AT = '2026-11-23T08:00:00.000Z';
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
