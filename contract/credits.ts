import { z } from 'zod';
import { STARTER_REFERENCE, WITHHELD_REASONS } from '#domain/account/starter-credits.ts';
import { isGrant } from '#domain/account/granted-credits.ts';
import { DEFAULT_PRICES, PRICE_NAMES, type PriceName } from '#domain/generation/pricing.ts';
import { listOf } from './list.ts';
import { userSubject } from './subject.ts';
import { identifier, timestamp, uuid } from './text.ts';

export const credits = z
  .strictObject({
    available: z.number().int().meta({ description: 'Credits that can be spent: posted minus held' }),
    held: z.number().int().meta({ description: 'Held for unfinished generations' }),
    posted: z.number().int(),
  })
  .meta({ id: 'Credits', examples: [{ available: 80, held: 10, posted: 90 }] });
export type Credits = z.infer<typeof credits>;

/** Starter credits that an account has not got yet. */
export const withheldCredits = z
  .strictObject({
    amount: z.number().int().meta({ description: 'Credits' }),
    reason: z.enum(WITHHELD_REASONS).meta({
      description:
        'network, device: too many new accounts share it; address: the verified address has had starter credits',
    }),
    retryAt: timestamp.nullable().meta({
      description:
        'A request from then on may grant them; null: only once the identity provider has verified an address',
    }),
  })
  .nullable()
  .meta({ description: 'Starter credits that are withheld for now; null when there are none' });

export const TRANSFER_KINDS = ['topup', 'reserve', 'capture', 'release', 'refund'] as const;

const transfer = z
  .strictObject({
    id: uuid,
    kind: z.enum(TRANSFER_KINDS).meta({
      description:
        'topup: added; reserve: held; capture: the hold is spent; release: the hold is returned; refund: a captured amount is returned',
    }),
    amount: z.number().int().min(1).meta({ description: 'Always positive; `kind` gives the direction' }),
    availableAfter: z.number().int().meta({ description: 'Available credits after this transfer' }),
    generationId: uuid.nullable(),
    reason: z.string().nullable().meta({ description: 'Reference of a top-up, or reason for a refund' }),
    createdAt: timestamp,
  })
  .meta({
    id: 'Transfer',
    examples: [
      {
        id: '0198f0a2-5b1e-7c41-9d5e-2f6a7b8c9d0e',
        kind: 'topup',
        amount: 500,
        availableAfter: 590,
        generationId: null,
        reason: 'order-4711',
        createdAt: '2026-11-23T08:00:00.000Z',
      },
    ],
  });
export const transferList = listOf(transfer).meta({ id: 'TransferList' });

const price = z.number().int();
const priceFields = Object.fromEntries(PRICE_NAMES.map((name) => [name, price])) as Record<PriceName, typeof price>;
export const prices = z.strictObject(priceFields).meta({ id: 'Prices', examples: [DEFAULT_PRICES] });

/** Limit of one payment, against typing errors. */
const TOPUP_MAX = 1_000_000;

/** POST /credits/topups. The reference is its idempotency key, across all accounts. */
export const createTopup = z
  .strictObject({
    userId: userSubject.meta({ description: 'Subject of the user; an account is opened if the user has none' }),
    amount: z.number().int().min(1).max(TOPUP_MAX),
    reference: identifier(255)
      .refine((reference) => reference !== STARTER_REFERENCE, { error: 'is reserved for starter credits' })
      .refine((reference) => !isGrant(reference), { error: 'is reserved for credits that admins grant' })
      .meta({
        description:
          'Reference of the payment, unique across all users. Sending it again with the same user and amount changes nothing',
      }),
  })
  .meta({ id: 'CreateTopup', examples: [{ userId: 'user-1', amount: 500, reference: 'order-4711' }] });
export type CreateTopup = z.output<typeof createTopup>;

export const topup = z
  .strictObject({
    id: uuid.meta({ description: 'Id of the transfer' }),
    userId: z.string(),
    amount: z.number().int(),
    reference: z.string(),
    available: z.number().int().meta({ description: 'Credits the user can spend now' }),
  })
  .meta({
    id: 'Topup',
    examples: [
      {
        id: '0198f0a2-5b1e-7c41-9d5e-2f6a7b8c9d0e',
        userId: 'user-1',
        amount: 500,
        reference: 'order-4711',
        available: 590,
      },
    ],
  });
