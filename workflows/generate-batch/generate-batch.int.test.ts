import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { failWith, hang, staged, type Mocks } from '#tests/support/mocks/activities.ts';
import {
  cancelAtEachAwait,
  CANCELLERS,
  sendCancel,
  uncancelledRun,
  type Experiment,
} from '#tests/support/mocks/cancel-at-each-await.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { stepsOf } from '#tests/support/mocks/history.ts';
import { violationsOfBatch } from '#tests/support/mocks/violations.ts';
import { openMockedWorkflows, type Edit, type MockedWorkflows, type Started } from '#tests/support/mocks/workflows.ts';
import { until } from '#tests/support/until.ts';
import { batchStatus, type BatchStatusAnswer } from './messages.ts';

const SIZE = 2;

/** What one member does differently; the other one is delivered. */
const BRANCHES: Record<string, { mocks: Mocks; counts: Record<string, number> }> = {
  'delivers every member': { mocks: {}, counts: { completed: 2 } },
  'goes on when a member fails': {
    mocks: { generateImage: forFirst(failWith('moderated')) },
    counts: { completed: 1, failed: 1 },
  },
  'leaves out a member that is final already': {
    mocks: {
      async admitBatch(_, { ledger, generationIds }) {
        const [ended, waiting] = generationIds;
        ledger.release({ generationId: ended!, outcome: 'failed', failure: 'interrupted' });
        ledger.reserve(waiting!);
        return { outcome: { kind: 'admitted' }, members: [member(waiting!)] };
      },
    },
    counts: { completed: 1 },
  },
};

/** Changes of the workflow that running batches would not survive. Each is one edit of the bundle. */
const CHANGES: Record<string, Edit> = {
  'starts its members one after the other': [
    /Promise\.all\(members\.map\(\(member\)=>generateMember\(state, member\)\)\)/u,
    'members.reduce((done, member) => done.then(() => generateMember(state, member)), Promise.resolve())',
  ],
  'does not signal its members': [/Promise\.all\(\[\s*\.\.\.state\.running\.keys\(\)\s*\]/u, 'Promise.all([]'],
  'names its members otherwise': [
    /workflowId: \(0,(\w+)\.generationWorkflowId\)\(generationId\),\n\s*args/u,
    'workflowId: (0,$1.batchWorkflowId)(generationId), args',
  ],
};

function member(generationId: string) {
  return { generationId, sourceType: 'text_to_image', tier: 'free', priority: 5 } as const;
}

function forFirst(act: NonNullable<Mocks['generateImage']>): NonNullable<Mocks['generateImage']> {
  return async (input, scenario) => (input.generationId === scenario.generationIds[0] ? act(input, scenario) : staged);
}

let workflows: MockedWorkflows;

beforeAll(async () => {
  workflows = await openMockedWorkflows();
});

/** Starts a batch whose first member's provider does not answer, and waits for that call. */
async function startHanging(): Promise<Started & { first: string }> {
  const started = workflows.generateBatch(SIZE, { generateImage: forFirst(hang) });
  await until(() => started.scenario.calls.includes('generateImage with flux-schnell of member 1'));
  return { ...started, first: started.scenario.generationIds[0]! };
}

describe.concurrent('generateBatch', () => {
  it.each(Object.entries(BRANCHES))('%s', async (_, { mocks, counts }) => {
    const started = workflows.generateBatch(SIZE, mocks);
    const ended = await workflows.ended(started);
    expect(ended.outcome).toEqual({ kind: 'admitted' });
    expect(ended.result).toEqual(counts);
    const answer = await started.handle.query<BatchStatusAnswer, []>(batchStatus);
    expect(Object.values(answer.members).toSorted()).toEqual(
      Object.entries(counts).flatMap(([outcome, count]) => Array.from({ length: count }, () => outcome)),
    );
  });

  it('starts no member after a refusal and returns its reason to the caller', async () => {
    const outcome = { kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 } as const;
    const ended = await workflows.ended(
      workflows.generateBatch(SIZE, { admitBatch: async () => ({ outcome, members: [] }) }),
    );
    expect(ended).toMatchObject({ outcome, result: {} });
    expect(ended.scenario.calls).toEqual(['admitBatch']);
  });

  it('holds nothing and stays requested when its admission fails', async () => {
    const ended = await workflows.ended(workflows.generateBatch(SIZE, { admitBatch: failWith('internal') }));
    expect(ended).toMatchObject({ outcome: { kind: 'settled', status: 'requested' }, result: {} });
    expect(violationsOfBatch(ended)).toEqual([]);
  });

  it('counts a member that could not be admitted as failed', async () => {
    const ended = await workflows.ended(
      workflows.generateBatch(SIZE, {
        async admit(input, { ledger, generationIds }) {
          if (input.generationId === generationIds[0]) return failWith('internal')();
          ledger.reserve(input.generationId);
          return { outcome: { kind: 'settled', status: 'failed' }, admission: null };
        },
      }),
    );
    expect(ended.result).toEqual({ failed: 2 });
  });

  it('settles a member that was terminated', async () => {
    const { first, ...started } = await startHanging();
    await workflows.temporal.client.workflow.getHandle(generationWorkflowId(first)).terminate('test');
    const ended = await workflows.ended(started);
    expect(ended.result).toEqual({ completed: 1, failed: 1 });
    expect(violationsOfBatch(ended)).toEqual([]);
  });

  it('releases a member that an operator cancelled, and goes on', async () => {
    const { first, ...started } = await startHanging();
    await workflows.temporal.client.workflow.getHandle(generationWorkflowId(first)).cancel();
    const ended = await workflows.ended(started);
    expect(ended.result).toEqual({ cancelled: 1, completed: 1 });
    expect(violationsOfBatch(ended)).toEqual([]);
  });

  it('leaves a member alone whose workflow runs already', async () => {
    let running: Started | undefined;
    const started = workflows.generateBatch(SIZE, {
      generateImage: forFirst(hang),
      async admitBatch(_, { ledger, generationIds }) {
        for (const id of generationIds) ledger.reserve(id);
        const { client, queues } = workflows.temporal;
        const [generationId] = generationIds;
        const input = { ...member(generationId!), accountId: 'account-1' };
        const workflowId = generationWorkflowId(generationId!);
        await client.workflow.start('generateAvatar', { workflowId, args: [input], taskQueue: queues.workflows });
        running = { ...started, handle: client.workflow.getHandle(workflowId) };
        return { outcome: { kind: 'admitted' }, members: generationIds.map(member) };
      },
    });
    const ended = await workflows.ended(started);
    expect(ended.result).toEqual({ already_running: 1, completed: 1 });
    await sendCancel(running!, 'user');
    await running!.handle.result();
  });

  it('leaves its members running when it is terminated', async () => {
    const { first, ...started } = await startHanging();
    await started.handle.terminate('test');
    const orphan = { ...started, handle: workflows.temporal.client.workflow.getHandle(generationWorkflowId(first)) };
    await sendCancel(orphan, 'user');
    expect((await workflows.ended(orphan)).result).toBe('cancelled');
    await until(() => started.scenario.calls.includes('recordAvatar of member 2'));
  });

  it('cancels members whose workflows were just being started', async () => {
    const started: Started = workflows.generateBatch(
      SIZE,
      { generateImage: hang },
      { around: (call, effect) => effect().finally(() => call === 'admitBatch' && sendCancel(started, 'user')) },
    );
    const ended = await workflows.ended(started);
    expect(ended.result).toEqual({ cancelled: SIZE });
    expect(violationsOfBatch(ended)).toEqual([]);
  });

  it('releases its members when it was cancelled before its first task', async () => {
    const generationIds = [randomUUID(), randomUUID()];
    const input = { batchId: randomUUID(), accountId: randomUUID(), tier: 'free' };
    const started = workflows.start('generateBatch', [input], {}, { generationIds, startDelay: '1 second' });
    await started.outcome;
    await sendCancel(started, 'operator');
    const ended = await workflows.ended(started);
    expect(ended.scenario.calls).toEqual(['admitBatch', 'release of member 1', 'release of member 2']);
    expect([ended.result, ...violationsOfBatch(ended)]).toEqual(['closed as cancelled']);
  });

  describe('a batch that delivers one member and not the other', () => {
    const mocks: Mocks = { generateImage: forFirst(failWith('moderated')) };

    const experiment: Experiment = {
      get workflows() {
        return workflows;
      },
      start: (around) => workflows.generateBatch(SIZE, mocks, around && { around }),
      violations: violationsOfBatch,
      // A member's own test interrupts all of its calls. For the batch they are one await: the member's result.
      skip: (call) => call.includes(' of member ') && !call.startsWith('generateImage'),
    };

    it('awaits its admission and its members only', async () => {
      expect(stepsOf((await uncancelledRun(experiment)).history)).toEqual(['admitBatch', 'child', 'child']);
    });

    it.each(CANCELLERS)('charges what it delivers, whenever the %s cancels', async (by) => {
      expect(await cancelAtEachAwait(experiment, by)).toEqual([]);
    });
  });
});

describe('the histories of all these batches', () => {
  it('replay', async () => {
    const { failed, all } = await workflows.replayAll();
    expect(failed).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(rowsOf('matrices', Object.entries(CHANGES), (_, index) => index === 0))(
    'do not replay with a workflow that %s',
    async (_, edit) => {
      expect((await workflows.replayAll(edit)).failed).toHaveLength(1);
    },
  );
});
