import { avatar, type Avatar } from '../avatar.ts';
import { generation, type Generation } from '../generation.ts';
import type { Preset } from '../preset.ts';

export const PROJECT_ID = '22222222-2222-4222-8222-222222222222';
const STARTED_AT = '2026-11-23T08:00:00.000Z';

const GENERATION = generation.parse({
  id: '11111111-1111-4111-8111-111111111111',
  projectId: PROJECT_ID,
  batchId: null,
  retryOf: null,
  retriedAs: null,
  name: 'Noir detective',
  sourceType: 'text_to_image',
  status: 'pending',
  stage: 'queued',
  version: 1,
  priority: 4,
  price: 10,
  prompt: 'A noir detective',
  style: 'noir',
  seed: 7,
  request: {},
  queue: null,
  provider: null,
  model: null,
  costUsd: null,
  attempts: [],
  notDrawn: [],
  refusal: null,
  retryAt: null,
  failure: null,
  cancelReason: null,
  creditsReturned: 0,
  avatar: null,
  createdAt: STARTED_AT,
  pendingAt: STARTED_AT,
  processingAt: null,
  finishedAt: null,
});

/** A pending generation with a test's overrides, validated against the contract. */
export function aGeneration(changes: Partial<Generation> = {}): Generation {
  return { ...GENERATION, ...changes };
}

export function aFailedGeneration(changes: Partial<Generation> = {}): Generation {
  return aGeneration({
    status: 'failed',
    creditsReturned: 10,
    failure: {
      code: 'prompt_rejected',
      message: 'The provider refused this prompt. Reword it and try again.',
      retryable: false,
      creditsReturned: 10,
    },
    finishedAt: '2026-11-23T08:00:09.000Z',
    ...changes,
  });
}

const AVATAR = avatar.parse({
  id: '33333333-3333-4333-8333-333333333333',
  projectId: PROJECT_ID,
  name: 'Noir detective',
  persona: {},
  attributes: { style: 'noir' },
  sourceType: 'text_to_image',
  review: 'clear',
  takedownReason: null,
  imageUrl: 'http://images.test/image.webp',
  thumbnailUrl: 'http://images.test/thumb.webp',
  placeholder: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  width: 1024,
  height: 1024,
  generation: {
    id: '11111111-1111-4111-8111-111111111111',
    prompt: 'A noir detective.',
    seed: 7,
    provider: 'illustrator',
    model: 'Illustrator',
    costUsd: 0,
    credit: null,
    recipe: null,
  },
  provenance: {
    digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
    creatorTool: 'Avatar Studio (Illustrator)',
    createdAt: STARTED_AT,
  },
  favorite: false,
  rating: null,
  usageCount: 0,
  lastUsedAt: null,
  trashedAt: null,
  createdAt: STARTED_AT,
  updatedAt: STARTED_AT,
});

/** The avatar of {@link aGeneration} with a test's overrides. */
export function anAvatar(changes: Partial<Avatar> = {}): Avatar {
  return { ...AVATAR, ...changes };
}

export const PRESET: Preset = {
  id: '44444444-4444-4444-8444-444444444444',
  name: 'Executive',
  category: 'Professional',
  prompt: 'Studio portrait, navy suit. Head and shoulders.',
  personaTemplate: {},
  attributes: { style: 'photorealistic', ageRange: '40s' },
  own: false,
  previewImageUrl: null,
  usageCount: 3,
};
