import { z } from 'zod';
import { BATCH_MAX_ITEMS } from '#domain/generation/batch.ts';
import { ADMISSION_REFUSALS } from '#domain/generation/failure.ts';
import { GENERATION_STATUSES } from '#domain/generation/generation.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { EXAMPLE_GENERATION } from './example-generation.ts';
import { createGeneration, generation } from './generation.ts';
import { text, timestamp, uuid } from './text.ts';

const EXAMPLE = { sourceType: 'text_to_image', prompt: 'A tavern keeper with tired eyes' } as const;

const itemsBatch = z.strictObject({ items: z.array(createGeneration).min(1).max(BATCH_MAX_ITEMS) });

const variedBatch = z
  .strictObject({
    request: createGeneration,
    vary: z.union([z.literal('seed'), z.array(z.enum(STYLES)).min(1).max(STYLES.length)]).meta({
      description: '`seed`: the same request with different seeds; a list of styles: the same request in each style',
    }),
    count: z.number().int().min(1).max(BATCH_MAX_ITEMS).optional().meta({
      description: 'Number of images. Required when the seed varies; default for styles: one image of each',
    }),
  })
  .refine(({ vary, count }) => vary !== 'seed' || count !== undefined, {
    path: ['count'],
    error: 'is required when the seed varies',
  })
  .meta({
    anyOf: [
      { properties: { count: { type: 'integer' } }, required: ['count'] },
      { properties: { vary: { type: 'array' } } },
    ],
  });

/** POST /projects/:id/batches: the credits of all its generations are held, or none. */
export const createBatch = z.union([itemsBatch, variedBatch]).meta({
  id: 'CreateBatch',
  examples: [{ items: [EXAMPLE, { ...EXAMPLE, style: 'noir' }] }, { request: EXAMPLE, count: 4, vary: 'seed' }],
});
export type CreateBatch = z.infer<typeof createBatch>;

const BATCH_ID = '01939ca1-7b1c-7a2d-9e3f-506172839405';
const count = z.number().int().min(0);

export const batch = z
  .strictObject({
    id: uuid,
    projectId: uuid.nullable().meta({ description: 'Null once the project is deleted' }),
    size: z.number().int().min(1).max(BATCH_MAX_ITEMS),
    price: z.number().int().meta({ description: 'Credits for all members' }),
    counts: z
      .strictObject(
        Object.fromEntries(GENERATION_STATUSES.map((status) => [status, count])) as Record<
          (typeof GENERATION_STATUSES)[number],
          typeof count
        >,
      )
      .meta({ description: 'Members by status' }),
    refusal: z
      .enum(ADMISSION_REFUSALS)
      .nullable()
      .meta({ description: 'Why admission refused the batch; nothing is held' }),
    generations: z.array(generation).max(BATCH_MAX_ITEMS),
    createdAt: timestamp,
    cancelledAt: timestamp.nullable().meta({ description: 'When cancelling the remaining members was requested' }),
  })
  .meta({
    id: 'Batch',
    examples: [
      {
        id: BATCH_ID,
        projectId: EXAMPLE_GENERATION.projectId,
        size: 1,
        price: 10,
        counts: { requested: 0, pending: 0, processing: 1, completed: 0, failed: 0, cancelled: 0 },
        refusal: null,
        generations: [{ ...EXAMPLE_GENERATION, batchId: BATCH_ID, priority: 5 }],
        createdAt: EXAMPLE_GENERATION.createdAt,
        cancelledAt: null,
      },
    ],
  });
export type Batch = z.infer<typeof batch>;

export const cancelBatch = z
  .strictObject({ reason: text(200).optional() })
  .meta({ id: 'CancelBatch', examples: [{ reason: 'One image is enough' }] });
