import type { Avatar } from '../../contract/avatar.ts';
import { generation, type Generation } from '../../contract/generation.ts';

const GENERATION_ID = '11111111-1111-4111-8111-111111111111';
export const PROJECT_ID = '22222222-2222-4222-8222-222222222222';
const STARTED_AT = '2026-11-23T08:00:00.000Z';

/** A waiting generation as the API describes it, with what a test changes; checked against the contract. */
export function sampleGeneration(changes: Partial<Generation> = {}): Generation {
  return generation.parse({
    id: GENERATION_ID,
    projectId: PROJECT_ID,
    batchId: null,
    name: 'Gardener',
    sourceType: 'text_to_image',
    status: 'pending',
    stage: 'queued',
    version: 1,
    priority: 4,
    price: 10,
    prompt: 'a smiling gardener',
    style: 'anime',
    seed: 7,
    request: {},
    queue: null,
    provider: null,
    model: null,
    costUsd: null,
    attempts: [],
    refusal: null,
    failure: null,
    cancelReason: null,
    creditsReturned: 0,
    avatar: null,
    createdAt: STARTED_AT,
    pendingAt: STARTED_AT,
    processingAt: null,
    finishedAt: null,
    ...changes,
  });
}

/** The avatar of a finished one. */
export function sampleAvatar(imageUrl: string): Avatar {
  return {
    id: '33333333-3333-4333-8333-333333333333',
    projectId: PROJECT_ID,
    name: 'Gardener',
    persona: {},
    attributes: {},
    sourceType: 'text_to_image',
    imageUrl,
    thumbnailUrl: imageUrl,
    placeholder: null,
    width: 1024,
    height: 1024,
    generation: {
      id: GENERATION_ID,
      prompt: 'a smiling gardener',
      seed: 7,
      provider: 'illustrator',
      model: 'Illustrator',
      costUsd: 0,
      credit: null,
    },
    usageCount: 0,
    lastUsedAt: null,
    createdAt: STARTED_AT,
    updatedAt: STARTED_AT,
  };
}
