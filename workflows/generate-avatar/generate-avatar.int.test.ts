import { ApplicationFailure, Context } from '@temporalio/activity';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SourceType } from '#domain/generation/generation.ts';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import {
  admitWith,
  failLocally,
  failWith,
  hang,
  plan,
  saved,
  staged,
  type Mocks,
} from '#tests/support/mocks/activities.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { sendCancel } from '#tests/support/mocks/cancel-at-each-await.ts';
import { violationsOfGeneration } from '#tests/support/mocks/violations.ts';
import { openMockedWorkflows, type MockedWorkflows } from '#tests/support/mocks/workflows.ts';
import { until } from '#tests/support/until.ts';

interface Branch {
  readonly mocks: Mocks;
  readonly sourceType?: SourceType;
  readonly calls: readonly string[];
  /** The workflow's result, or how it closes without one. */
  readonly result: string;
  /** Admitted by default. */
  readonly outcome?: AdmissionOutcome;
}

const BOUGHT = ['admit', 'generateImage with flux-schnell'];
const RELEASED = ['release', 'abandon'];
const REFUSED: AdmissionOutcome = { kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 };
const SETTLED: AdmissionOutcome = { kind: 'settled', status: 'failed' };
const TWO_MODELS = [plan[0], { provider: 'replicate', model: 'black-forest-labs/flux-dev' }, plan[1]] as const;

/** `provider` fails with `type`; others deliver. */
function failing(provider: string, type: string): NonNullable<Mocks['generateImage']> {
  return async (input) => (input.provider === provider ? failWith(type)() : staged);
}

const BRANCHES: Record<string, Branch> = {
  'admits, generates, saves and records': {
    mocks: {},
    calls: [...BOUGHT, 'saveImage', 'recordAvatar'],
    result: 'completed',
  },
  'publishes an upload without calling a provider': {
    mocks: { admit: admitWith({ plan: [], staged }) },
    sourceType: 'upload',
    calls: ['admit', 'saveImage', 'recordAvatar'],
    result: 'completed',
  },
  'closes at once after a refusal and returns its reason to the caller': {
    mocks: { admit: async () => ({ outcome: REFUSED, admission: null }) },
    calls: ['admit'],
    result: 'refused',
    outcome: REFUSED,
  },
  'closes at once when the generation is final already': {
    mocks: {
      async admit({ generationId }, { ledger }) {
        ledger.release({ generationId, outcome: 'failed', failure: 'interrupted' });
        return { outcome: ledger.reserve(generationId), admission: null };
      },
    },
    calls: ['admit'],
    result: 'failed',
    outcome: SETTLED,
  },
  'makes a generation final when its admission fails': {
    mocks: { admit: failWith('internal') },
    calls: ['admit', 'release'],
    result: 'failed',
    outcome: SETTLED,
  },
  'releases a hold whose admission succeeded without an answer': {
    mocks: {
      async admit({ generationId }, { ledger }) {
        ledger.reserve(generationId);
        throw ApplicationFailure.nonRetryable('mocked', 'internal');
      },
    },
    calls: ['admit', 'release'],
    result: 'failed',
    outcome: SETTLED,
  },
  'falls back to the next provider when one is unavailable': {
    mocks: { generateImage: failing('replicate', 'timeout') },
    calls: [...BOUGHT, 'generateImage with illustrator-1', 'saveImage', 'recordAvatar'],
    result: 'completed',
  },
  'tries the other models of a provider after a failure of one': {
    mocks: { admit: admitWith({ plan: TWO_MODELS.slice(0, 2) }), generateImage: failing('replicate', 'timeout') },
    calls: [...BOUGHT, 'generateImage with flux-dev', ...RELEASED],
    result: 'failed: providers_unavailable',
  },
  'skips the other models of an unavailable provider': {
    mocks: { admit: admitWith({ plan: [...TWO_MODELS] }), generateImage: failing('replicate', 'auth') },
    calls: [...BOUGHT, 'generateImage with illustrator-1', 'saveImage', 'recordAvatar'],
    result: 'completed',
  },
  'releases the hold and discards objects when no provider delivers': {
    mocks: { generateImage: failWith('auth') },
    calls: [...BOUGHT, 'generateImage with illustrator-1', ...RELEASED],
    result: 'failed: providers_unavailable',
  },
  'fails when the plan is empty': {
    mocks: { admit: admitWith({ plan: [] }) },
    calls: ['admit', ...RELEASED],
    result: 'failed: providers_unavailable',
  },
  'does not fall back after a provider rejected the prompt': {
    mocks: { generateImage: failWith('moderated') },
    calls: [...BOUGHT, ...RELEASED],
    result: 'failed: prompt_rejected',
  },
  'does not fall back after a failure of ours, because the paid call may still deliver': {
    mocks: { generateImage: failWith('internal') },
    calls: [...BOUGHT, ...RELEASED],
    result: 'failed: internal',
  },
  'falls back to the next provider when the image is corrupt': {
    mocks: {
      saveImage: async (_, { calls }) => (calls.includes('saveImage #2') ? saved : failWith('corrupt_image')()),
    },
    calls: [...BOUGHT, 'saveImage', 'generateImage with illustrator-1', 'saveImage #2', 'recordAvatar'],
    result: 'completed',
  },
  'does not fall back after the content check rejected the image': {
    mocks: { saveImage: failWith('image_rejected') },
    calls: [...BOUGHT, 'saveImage', ...RELEASED],
    result: 'failed: image_rejected',
  },
  'saves on the publish queue when the local activity fails': {
    mocks: { saveImage: () => failLocally(saved) },
    calls: [...BOUGHT, 'saveImage', 'saveImage, queued', 'recordAvatar'],
    result: 'completed',
  },
  'releases the hold when the avatar can not be recorded': {
    mocks: { recordAvatar: failWith('internal') },
    calls: [...BOUGHT, 'saveImage', 'recordAvatar', ...RELEASED],
    result: 'failed: internal',
  },
  'discards its objects when another process settled the generation first': {
    mocks: {
      async recordAvatar({ generationId }, { ledger }) {
        ledger.release({ generationId, outcome: 'failed', failure: 'interrupted' });
        return { kind: ledger.record(generationId) };
      },
    },
    calls: [...BOUGHT, 'saveImage', 'recordAvatar', ...RELEASED],
    result: 'failed: interrupted',
  },
  'charges nothing when the row was cancelled before the signal arrived': {
    mocks: {
      async recordAvatar({ generationId }, { ledger }) {
        ledger.generation(generationId).cancelRequested = true;
        return { kind: ledger.record(generationId) };
      },
    },
    calls: [...BOUGHT, 'saveImage', 'recordAvatar', ...RELEASED],
    result: 'cancelled',
  },
  'stays completed when the avatar was recorded without an answer': {
    mocks: {
      async recordAvatar({ generationId }, { ledger }) {
        ledger.record(generationId);
        throw ApplicationFailure.nonRetryable('mocked', 'internal');
      },
    },
    calls: [...BOUGHT, 'saveImage', 'recordAvatar', ...RELEASED],
    result: 'completed',
  },
  'discards on the publish queue when the local activity fails': {
    mocks: {
      generateImage: failWith('moderated'),
      async abandon({ generationId }, { ledger }) {
        await failLocally(undefined);
        ledger.generation(generationId).discarded = true;
      },
    },
    calls: [...BOUGHT, ...RELEASED, 'abandon, queued'],
    result: 'failed: prompt_rejected',
  },
};

/** What the deadline interrupts: the last of the calls. On a busy machine, the first deadlines come before it. */
const INTERRUPTED: readonly { readonly calls: readonly string[]; readonly mocks: Mocks; readonly isSlow?: true }[] = [
  { calls: BOUGHT, mocks: { generateImage: hang } },
  {
    calls: [...BOUGHT, 'saveImage', 'saveImage, queued'],
    mocks: { saveImage: () => Promise.reject(new Error('bucket unavailable')) },
    isSlow: true,
  },
];
const DEADLINES_MS = [1_500, 5_000, 20_000, 80_000];

let workflows: MockedWorkflows;

beforeAll(async () => {
  workflows = await openMockedWorkflows();
});

describe.concurrent('generateAvatar', () => {
  it.each(Object.entries(BRANCHES))('%s', async (_, { mocks, sourceType, calls, result, outcome }) => {
    const ended = await workflows.ended(workflows.generateAvatar(mocks, sourceType && { sourceType }));
    expect(ended.scenario.calls).toEqual(calls);
    expect(ended.outcome).toEqual(outcome ?? { kind: 'admitted' });
    expect(ended.result).toBe(result);
    expect(violationsOfGeneration(ended)).toEqual([]);
  });

  it.each(rowsOf('matrices', INTERRUPTED, ({ isSlow }) => isSlow === undefined))(
    'releases the hold when the deadline comes after $calls',
    async ({ calls, mocks }) => {
      const called: string[][] = [];
      for (const deadlineMs of DEADLINES_MS) {
        const ended = await workflows.ended(workflows.generateAvatar({ ...mocks, admit: admitWith({ deadlineMs }) }));
        expect(ended.result).toBe('failed: deadline');
        expect(violationsOfGeneration(ended)).toEqual([]);
        called.push(withoutRetries(ended.scenario.calls));
        if (ended.scenario.calls.includes(calls.at(-1)!)) break;
      }
      expect(called.at(-1)).toEqual([...calls, ...RELEASED]);
    },
  );

  it('closes even if its objects can not be discarded', async () => {
    const ended = await workflows.ended(
      workflows.generateAvatar({ generateImage: failWith('moderated'), abandon: failWith('internal') }),
    );
    expect(ended.result).toBe('failed: prompt_rejected');
    expect(violationsOfGeneration(ended)).toEqual(['failed, but its objects remain']);
  });

  it('retries the same provider when a worker is lost, without a limit of attempts', async () => {
    const ended = await workflows.ended(
      workflows.generateAvatar({
        admit: admitWith({ heartbeatTimeoutMs: 500 }),
        generateImage: async (_, scenario) => (Context.current().info.attempt === 1 ? hang(_, scenario) : staged),
      }),
    );
    expect(ended.scenario.calls.slice(1, 3)).toEqual([
      'generateImage with flux-schnell',
      'generateImage with flux-schnell #2',
    ]);
    const { events } = ended.history;
    const scheduled = events?.map((event) => event.activityTaskScheduledEventAttributes).find((found) => found);
    expect(scheduled?.retryPolicy?.maximumAttempts).toBe(0);
    expect(ended.result).toBe('completed');
  });

  it('closes without waiting for a provider that does not answer to a cancel', async () => {
    const started = workflows.generateAvatar({ generateImage: hang });
    await until(() => started.scenario.calls.includes('generateImage with flux-schnell'));
    await sendCancel(started, 'user');
    expect((await workflows.ended(started)).result).toBe('cancelled');
  });
});

describe('the histories of all these generations', () => {
  it('replay', async () => {
    const { failed, all } = await workflows.replayAll();
    expect(failed).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(Object.keys(BRANCHES).length);
  });
});

/** A retried activity repeats its call. How often depends on the time left. */
function withoutRetries(calls: readonly string[]): string[] {
  return calls.filter((call) => !call.startsWith('saveImage, queued #'));
}
