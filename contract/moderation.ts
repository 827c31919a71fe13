import { z } from 'zod';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { REVIEW_STATES } from '#domain/moderation/review.ts';
import { listOf } from './list.ts';
import { text, timestamp, uuid } from './text.ts';

const REASON_MAX_LENGTH = 200;

const EXAMPLE = {
  avatarId: '0198c0de-0000-7000-8000-000000000002',
  accountId: '0198c0de-0000-7000-8000-000000000003',
  generationId: '0198c0de-0000-7000-8000-000000000001',
  name: 'Lamplighter',
  sourceType: 'text_to_image',
  prompt: 'A lamplighter on a bridge.',
  provider: 'replicate',
  model: 'FLUX.1 [schnell]',
  imageUrl: 'https://storage.example/avatars/a/b/image.webp?X-Goog-Signature=0',
  thumbnailUrl: 'https://storage.example/avatars/a/b/thumb.webp?X-Goog-Signature=0',
  scores: { sexy: 0.71, neutral: 0.22 },
  createdAt: '2026-11-23T08:00:00.000Z',
} as const;

/** An avatar that waits for review by an admin. */
const reviewItem = z
  .strictObject({
    avatarId: uuid,
    accountId: uuid,
    generationId: uuid,
    name: z.string(),
    sourceType: z.enum(SOURCE_TYPES),
    prompt: z.string().nullable(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    imageUrl: z.string(),
    thumbnailUrl: z.string(),
    scores: z.record(z.string(), z.number()).meta({ description: 'Result of the content check: class to probability' }),
    createdAt: timestamp,
  })
  .meta({ id: 'ReviewItem', examples: [EXAMPLE] });
export type ReviewItem = z.infer<typeof reviewItem>;

export const reviewQueue = listOf(reviewItem).meta({
  id: 'ReviewQueue',
  examples: [{ data: [EXAMPLE], meta: { nextCursor: null, hasMore: false, total: 1, totalIsExact: true } }],
});

export const approvedAvatar = z
  .strictObject({ avatarId: uuid, review: z.enum(REVIEW_STATES) })
  .meta({ id: 'ApprovedAvatar', examples: [{ avatarId: EXAMPLE.avatarId, review: 'approved' }] });

export const rejectAvatar = z
  .strictObject({ reason: text(REASON_MAX_LENGTH).optional().meta({ description: 'Stored with the refund' }) })
  .meta({ id: 'RejectAvatar', examples: [{ reason: 'Shows a real person undressed' }] });

export const rejectedAvatar = z
  .strictObject({
    avatarId: uuid,
    generationId: uuid,
    creditsReturned: z.number().int().min(0).meta({ description: 'All credits that were charged for the avatar' }),
  })
  .meta({
    id: 'RejectedAvatar',
    examples: [{ avatarId: EXAMPLE.avatarId, generationId: EXAMPLE.generationId, creditsReturned: 10 }],
  });
