import type { Generation } from '../../contract/generation.ts';

/** A generation as the contract shows it, with what a test cares about. */
export function aGeneration(fields: Partial<Generation> = {}): Generation {
  return {
    id: '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f',
    projectId: '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a60',
    batchId: null,
    name: 'A knight',
    sourceType: 'text_to_image',
    status: 'pending',
    stage: 'queued',
    version: 1,
    priority: 4,
    price: 10,
    prompt: 'a knight',
    style: null,
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
    createdAt: '2026-11-23T08:00:00.000Z',
    pendingAt: null,
    processingAt: null,
    finishedAt: null,
    ...fields,
  };
}
