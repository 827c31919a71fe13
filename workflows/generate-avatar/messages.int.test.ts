import { beforeAll, describe, expect, it } from 'vitest';
import { failWith, hang, staged } from '#tests/support/mocks/activities.ts';
import { sendCancel } from '#tests/support/mocks/cancel-at-each-await.ts';
import { openMockedWorkflows, type MockedWorkflows } from '#tests/support/mocks/workflows.ts';
import { until } from '#tests/support/until.ts';
import { setPriority, status, type GenerationStatusAnswer } from './messages.ts';

let workflows: MockedWorkflows;

beforeAll(async () => {
  workflows = await openMockedWorkflows();
});

describe.concurrent('generateAvatar', () => {
  it('returns the same outcome to a second caller and starts nothing twice', async () => {
    const started = workflows.generateAvatar({ generateImage: hang });
    await until(() => started.scenario.calls.includes('generateImage with flux-schnell'));
    const [generationId] = started.scenario.generationIds;
    const again = await workflows.temporal.generations.admit({
      generationId: generationId!,
      createdAt: new Date(),
      admissionNumber: 0,
      accountId: 'another',
      projectId: 'another',
      tier: 'free',
      sourceType: 'text_to_image',
      priority: 4,
    });
    expect(again).toEqual(await started.outcome);
    await sendCancel(started, 'user');
    expect((await workflows.ended(started)).scenario.calls.filter((call) => call.startsWith('admit'))).toHaveLength(1);
  });

  it('moves the waiting activity and queues the next one with a new priority, and ignores an invalid one', async () => {
    const started = workflows.generateAvatar({
      async generateImage({ provider }, { calls }) {
        if (provider === 'illustrator') return staged;
        await started.handle.signal(setPriority, 9);
        await started.handle.signal(setPriority, 1);
        await until(() => calls.includes('setPriority'));
        return failWith('timeout')();
      },
    });
    const { scenario, history, result } = await workflows.ended(started);
    expect(result).toBe('completed');
    expect(scenario.calls.filter((call) => call.startsWith('setPriority'))).toHaveLength(1);
    const priorities = (history.events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.priority?.priorityKey ?? [],
    );
    expect(priorities).toEqual([4, 1]);
  });

  it('goes on when the new priority can not be passed on', async () => {
    const started = workflows.generateAvatar({
      setPriority: failWith('internal'),
      async generateImage(_, { calls }) {
        await started.handle.signal(setPriority, 1);
        await until(() => calls.includes('setPriority'));
        return staged;
      },
    });
    expect((await workflows.ended(started)).result).toBe('completed');
  });

  it('answers the status query with its stage and attempts', async () => {
    const started = workflows.generateAvatar({
      generateImage: async ({ provider }) => (provider === 'replicate' ? failWith('insufficient_funds')() : staged),
    });
    await workflows.ended(started);
    const answer = await started.handle.query<GenerationStatusAnswer, []>(status);
    expect(answer).toMatchObject({ stage: 'done', provider: 'illustrator', priority: 4, failure: null });
    expect(answer.attempts.map(({ failure }) => failure)).toEqual(['insufficient_funds', null]);
  });
});
