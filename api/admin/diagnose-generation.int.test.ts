import { describe, expect, it } from 'vitest';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { adminApi } from '#tests/api/admin-api.ts';

const { studio, admin, createGeneration } = adminApi();

describe('GET /admin/generations/:id/diagnosis', () => {
  const diagnose = async (id: string) =>
    (await studio.client.ok('diagnoseGeneration', { token: admin.token, id })).body;

  it('returns queue position, workflow, providers and a conclusion', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    // The queue is read a few times a second, so a new generation appears in it with a delay.
    await expect.poll(async () => (await diagnose(id)).summary).toMatch(/number \d+ in the queue/);
    const answer = await diagnose(id);
    expect(answer).toMatchObject({
      stuck: false,
      accountId: user.accountId,
      generation: { id, status: 'pending' },
      workflow: { state: 'RUNNING' },
      attempts: [],
      newGenerationsPaused: false,
    });
    expect(answer.providers.find(({ name }) => name === 'replicate')).toMatchObject({
      configured: true,
      enabled: true,
    });
  });

  it('returns the open attempt, and reports that the workflow no longer runs', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    const attempt = {
      generationId: id,
      ordinal: 0,
      provider: 'replicate',
      model: 'black-forest-labs/flux-schnell',
    } as const;
    await beginAttempt(studio.fixture.database, attempt);
    studio.workflows.running.delete(id);
    const answer = await diagnose(id);
    expect(answer).toMatchObject({ stuck: true, attempts: [{ provider: 'replicate', state: 'created' }] });
    expect(answer.advice).toMatch(/reconciler/);
  });

  it('returns a null workflow while Temporal is unreachable', async () => {
    const id = await createGeneration(await studio.user());
    studio.workflows.outage = 'temporal';
    expect(await diagnose(id)).toMatchObject({ stuck: true, workflow: null });
  });
});
