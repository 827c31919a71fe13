import { z } from 'zod';
import { listOf } from './list.ts';
import { timestamp, uuid } from './text.ts';

export const credits = z
  .strictObject({
    available: z.number().int().meta({ description: 'What can be spent: posted less held' }),
    held: z.number().int().meta({ description: 'Set aside for what is being made' }),
    posted: z.number().int(),
  })
  .meta({ id: 'Credits' });
export type Credits = z.infer<typeof credits>;

export const TRANSFER_KINDS = ['topup', 'reserve', 'capture', 'release', 'refund'] as const;

const transfer = z
  .strictObject({
    id: uuid,
    kind: z.enum(TRANSFER_KINDS),
    amount: z.number().int(),
    generationId: uuid.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'Transfer' });
export const transferList = listOf(transfer).meta({ id: 'TransferList' });

export const prices = z
  .strictObject({ generate: z.number().int(), preset: z.number().int(), upload: z.number().int() })
  .meta({ id: 'Prices' });
