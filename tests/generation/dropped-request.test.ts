import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { openStudio, type Studio } from '../support/studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
  await studio.startWorkers();
});
afterAll(() => studio.close());

it('a generation workflow ends at once when its request was dropped before it started', async () => {
  const generationId = randomUUID();
  const outcome = await studio.temporal.generations.admit({
    generationId,
    createdAt: new Date(),
    admissionNumber: 0,
    accountId: randomUUID(),
    projectId: randomUUID(),
    tier: 'free',
    sourceType: 'text_to_image',
    priority: 4,
  });
  expect(outcome).toEqual({ kind: 'settled', status: 'failed' });
  expect(await studio.temporal.client.workflow.getHandle(generationWorkflowId(generationId)).result()).toBe('failed');
});
