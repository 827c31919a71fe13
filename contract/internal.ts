import { z } from 'zod';
import { avatar } from './avatar.ts';
import { createGeneration, cancelGeneration, setGenerationPriority } from './generation.ts';
import { GENERATION_SHAPES } from './reference.ts';
import { uuid } from './text.ts';

const BATCH_GET_MAX = 100;
const SOME_ID = '33333333-3333-4333-8333-333333333333';
const OTHER_ID = '22222222-2222-4222-8222-222222222222';

export const batchGetAvatars = z
  .strictObject({ ids: z.array(uuid).min(1).max(BATCH_GET_MAX) })
  .meta({ id: 'BatchGetAvatars', examples: [{ ids: [SOME_ID, OTHER_ID] }] });

export const avatarBatch = z
  .strictObject({
    data: z.array(avatar).meta({ description: 'In the requested order, each once' }),
    missing: z.array(uuid).meta({ description: 'Ids that do not exist or belong to another user' }),
  })
  .meta({ id: 'AvatarBatch', examples: [{ data: [], missing: [SOME_ID] }] });

/** POST /internal/v1/generations: the public body, and the user's project that receives the avatar. */
export const createGenerationFor = createGeneration.safeExtend({ projectId: uuid }).meta({
  id: 'CreateGenerationFor',
  examples: [{ projectId: OTHER_ID, sourceType: 'text_to_image', prompt: 'A lighthouse keeper in a yellow coat' }],
  anyOf: GENERATION_SHAPES,
});

/** POST /internal/v1/generations/:id/signal. */
export const signalGeneration = z
  .discriminatedUnion('type', [
    cancelGeneration.safeExtend({ type: z.literal('cancel') }).meta({ id: 'CancelSignal' }),
    setGenerationPriority.safeExtend({ type: z.literal('setPriority') }).meta({ id: 'PrioritySignal' }),
  ])
  .meta({ id: 'SignalGeneration', examples: [{ type: 'cancel', reason: 'The customer withdrew the request' }] });
