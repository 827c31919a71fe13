import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, rowsOf } from '#tests/support/long-run.ts';
import { failWith, type Mocks } from '#tests/support/mocks/activities.ts';
import {
  cancelAtEachAwait,
  sendCancel,
  uncancelledRun,
  type Experiment,
} from '#tests/support/mocks/cancel-at-each-await.ts';
import { closedAs, stepsOf } from '#tests/support/mocks/history.ts';
import { violationsOfUpkeep } from '#tests/support/mocks/violations.ts';
import { openMockedWorkflows, type Edit, type MockedWorkflows } from '#tests/support/mocks/workflows.ts';
import { until } from '#tests/support/until.ts';
import { remove } from './removal/messages.ts';

/** The same erasure with a shorter pause and fewer rounds before it continues as new. */
const SHORTER: Edit[] = [
  [/const PAUSE = '30 seconds'/u, "const PAUSE = '100 milliseconds'"],
  [/const ROUNDS_MAX = 100;/u, 'const ROUNDS_MAX = 2;'],
  [/const PURGES_MAX = 100;/u, 'const PURGES_MAX = 2;'],
  [/const PAGES_MAX = 200;/u, 'const PAGES_MAX = 2;'],
  [/const ROUNDS_MAX = 200;/u, 'const ROUNDS_MAX = 3;'],
];
const ACCOUNT = { accountId: randomUUID() };
const DELIVERY = { ...ACCOUNT, deliveryId: randomUUID() };

interface Branch {
  readonly type: string;
  readonly input?: object;
  readonly mocks: Mocks;
  readonly calls: readonly string[];
  /** The workflow's result, or how it closes without one. */
  readonly result?: unknown;
  /** Calls at awaits of another branch, which interrupts them with the same calls before them. */
  readonly interruptedElsewhere?: readonly string[];
  /** The first call after continuing as new. */
  readonly continuesAt?: string;
}

/** Removes something in the first run of an activity, nothing in the second. */
async function once(calls: readonly string[], name: string, removed: number) {
  return { removed: calls.includes(`${name} #2`) ? 0 : removed };
}

/** Fails at first, and asks for the next try at once. */
async function failOnce<Result>(calls: readonly string[], name: string, result: Result): Promise<Result> {
  if (calls.includes(`${name} #2`)) return result;
  throw ApplicationFailure.create({ message: 'mocked', nextRetryDelay: '1 millisecond' });
}

const BRANCHES: Record<string, Branch> = {
  'reconcile tries a round twice': {
    type: 'reconcile',
    mocks: { reconcile: (_, { calls }) => failOnce(calls, 'reconcile', { settled: 1 }) },
    calls: ['reconcile', 'reconcile #2'],
    result: { settled: 1 },
  },
  'auditLedger tries once; the Schedule runs it again': {
    type: 'auditLedger',
    mocks: { auditLedger: (_, { calls }) => failOnce(calls, 'auditLedger', 0) },
    calls: ['auditLedger'],
    result: 'failed: ActivityFailure',
  },
  'checkProviders returns what it found': {
    type: 'checkProviders',
    mocks: {},
    calls: ['checkProviders'],
    result: { replicate: 'ok' },
  },
  'deliverWebhook tries again until the receiver accepts': {
    type: 'deliverWebhook',
    input: DELIVERY,
    mocks: { tryDelivery: (_, { calls }) => failOnce(calls, 'tryDelivery', 'delivered' as const) },
    calls: ['tryDelivery', 'tryDelivery #2'],
    result: 'delivered',
  },
  'deliverWebhook dead-letters a delivery whose tries are used up': {
    type: 'deliverWebhook',
    input: DELIVERY,
    mocks: { tryDelivery: failWith('not_taken') },
    calls: ['tryDelivery', 'deadLetterOldDelivery'],
    result: 'dead',
    interruptedElsewhere: ['tryDelivery'],
  },
  'emptyTrash removes the objects of each account it purged, round by round': {
    type: 'emptyTrash',
    mocks: {
      purgeTrash: async (_, { calls }) =>
        calls.includes('purgeTrash #2') ? { accountIds: [], count: 0 } : { accountIds: ['a', 'b'], count: 3 },
    },
    calls: ['purgeTrash', 'removeOrphanedObjects', 'removeOrphanedObjects #2', 'purgeTrash #2'],
    result: 3,
  },
  'emptyTrash continues as new after its rounds, and counts on': {
    type: 'emptyTrash',
    mocks: {
      purgeTrash: async (_, { calls }) =>
        calls.includes('purgeTrash #4') ? { accountIds: [], count: 0 } : { accountIds: ['a'], count: 200 },
    },
    calls: [
      'purgeTrash',
      'removeOrphanedObjects',
      'purgeTrash #2',
      'removeOrphanedObjects #2',
      'purgeTrash #3',
      'removeOrphanedObjects #3',
      'purgeTrash #4',
    ],
    result: 600,
    interruptedElsewhere: ['purgeTrash', 'removeOrphanedObjects', 'purgeTrash #2', 'removeOrphanedObjects #2'],
    continuesAt: 'purgeTrash #3',
  },
  'inventoryBucket compares page by page, continues as new, and removes what no row has': {
    type: 'inventoryBucket',
    mocks: {
      compareInventoryPage: async (_, { calls }) => ({
        objects: 1_000,
        unknown: [`staging/${calls.length}`],
        next: calls.includes('compareInventoryPage #3') ? null : { prefix: 0, after: 'avatars/z' },
      }),
    },
    calls: [
      'compareInventoryPage',
      'compareInventoryPage #2',
      'compareInventoryPage #3',
      'endInventory',
      'removeUnknownObjects',
    ],
    result: 3,
    continuesAt: 'compareInventoryPage #3',
  },
  'inventoryBucket removes nothing when the end says so': {
    type: 'inventoryBucket',
    mocks: {
      compareInventoryPage: async () => ({ objects: 1, unknown: ['staging/a'], next: null }),
      endInventory: async () => false,
    },
    calls: ['compareInventoryPage', 'endInventory'],
    result: 0,
    interruptedElsewhere: ['compareInventoryPage'],
  },
  'expireRecords goes through the kinds until none is left, and continues as new': {
    type: 'expireRecords',
    mocks: { expireRecords: async (_, { calls }) => (calls.length % 2 === 1 ? 2_000 : 0) },
    calls: ['expireRecords', ...[2, 3, 4, 5, 6, 7, 8].map((count) => `expireRecords #${count}`)],
    result: 8_000,
    continuesAt: 'expireRecords #4',
  },
  'expireRecords goes on with the other kinds when one fails, and fails in the end': {
    type: 'expireRecords',
    mocks: {
      expireRecords: async ({ kind }) => (kind === 'usage' ? failWith('wrong_bucket')() : 0),
    },
    calls: ['expireRecords', 'expireRecords #2', 'expireRecords #3', 'expireRecords #4'],
    result: 'failed: ActivityFailure',
  },
  'removeObjects repeats until nothing is left': {
    type: 'removeObjects',
    input: ACCOUNT,
    mocks: { removeOrphanedObjects: (_, { calls }) => once(calls, 'removeOrphanedObjects', 200) },
    calls: ['removeOrphanedObjects', 'removeOrphanedObjects #2'],
    result: 200,
  },
  'eraseAccount ends generations until there are none, then erases rows and objects': {
    type: 'eraseAccount',
    input: ACCOUNT,
    mocks: {
      endGenerations: async (_, { calls }) => ({ generationIds: calls.includes('stopGenerations') ? [] : ['a'] }),
    },
    calls: ['endGenerations', 'stopGenerations', 'endGenerations #2', 'eraseRows', 'removeAllObjects', 'finishErasure'],
  },
};

/** Changes of the workflows that running ones would not survive. Each is one edit of the bundle. */
const CHANGES: Record<string, Edit> = {
  'erases objects before rows': [/await finishErasure\(account\)/u, 'await eraseRows(account)'],
  'does not pause between rounds': [/await \(0,\w+\.sleep\)\(PAUSE\);/u, ''],
  'does not empty the dead letters': [/return deadLetterOldDelivery\(\{\s*deliveryId\s*\}\)/u, "return 'dead'"],
};

/** The long run interrupts repeated calls too. */
const IS_SLICE = readLongRun('matrices') === undefined;

let workflows: MockedWorkflows;

beforeAll(async () => {
  workflows = await openMockedWorkflows(SHORTER);
});

describe.concurrent('upkeep', () => {
  describe.each(Object.entries(BRANCHES))('%s', (_, branch) => {
    const { type, input, mocks, interruptedElsewhere = [], continuesAt } = branch;
    const isRepeated = (call: string) => call.includes(' #') && call !== continuesAt;
    const experiment: Experiment = {
      get workflows() {
        return workflows;
      },
      start: (around) => workflows.start(type, input ? [input] : [], mocks, around && { around }),
      violations: violationsOfUpkeep,
      skip: (call) => interruptedElsewhere.includes(call) || (IS_SLICE && isRepeated(call)),
    };

    it('calls its activities in order and closes', async () => {
      const ended = await uncancelledRun(experiment);
      expect(ended.scenario.calls).toEqual(branch.calls);
      expect(ended.result).toEqual(branch.result);
    });

    it('ends at a cancel, whichever call is pending', async () => {
      expect(await cancelAtEachAwait(experiment, 'operator')).toEqual([]);
    });
  });

  it('reconcile notices within seconds that the worker of a round has died', async () => {
    const { history } = await workflows.ended(workflows.start('reconcile', [], {}));
    const [round] = history.events?.flatMap((event) => event.activityTaskScheduledEventAttributes ?? []) ?? [];
    expect(Number(round?.heartbeatTimeout?.seconds)).toBe(15);
  });

  it('deliverWebhook does not pause longer each time after failures of ours', async () => {
    const { history } = await workflows.ended(workflows.start('deliverWebhook', [DELIVERY], {}));
    const [scheduled] = history.events?.flatMap((event) => event.activityTaskScheduledEventAttributes ?? []) ?? [];
    const { initialInterval, backoffCoefficient } = scheduled?.retryPolicy ?? {};
    expect([Number(initialInterval?.seconds), backoffCoefficient]).toEqual([10, 1]);
  });

  it('removeObjects makes another round for a request that arrives during a run', async () => {
    const started = workflows.start('removeObjects', [ACCOUNT], {
      async removeOrphanedObjects(_, { calls }) {
        if (!calls.includes('removeOrphanedObjects #2')) await started.handle.signal(remove, { generationIds: ['a'] });
        return { removed: 0 };
      },
    });
    const { scenario, result } = await workflows.ended(started);
    expect(result).toBe(0);
    expect(scenario.calls).toEqual(['removeOrphanedObjects', 'stopGenerations', 'removeOrphanedObjects #2']);
  });

  it('eraseAccount repeats after a pause until nothing is left, and continues as new after its rounds', async () => {
    const started = workflows.start('eraseAccount', [ACCOUNT], {
      finishErasure: async (_, { calls }) => calls.includes('finishErasure #3'),
    });
    const { history } = await workflows.ended(started);
    expect(closedAs(history)).toBe('completed');
    const firstRun = history.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
    const { handle } = started;
    const first = workflows.temporal.client.workflow.getHandle(handle.workflowId, firstRun ?? '');
    expect(closedAs(await first.fetchHistory())).toBe('continued');
  });

  it('eraseAccount can be cancelled during its pause', async () => {
    const started = workflows.start('eraseAccount', [ACCOUNT], { finishErasure: async () => false });
    await until(async () => stepsOf(await started.handle.fetchHistory().catch(() => ({}))).at(-1) === 'timer');
    await sendCancel(started, 'operator');
    const ended = await workflows.ended(started);
    expect(closedAs(ended.history)).toBe('cancelled');
    expect(violationsOfUpkeep(ended)).toEqual([]);
  });
});

describe('the histories of all these workflows', () => {
  it('replay', async () => {
    const { failed, all } = await workflows.replayAll();
    expect(failed).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  });

  it.each(rowsOf('matrices', Object.entries(CHANGES), (_, index) => index === 0))(
    'do not replay with a workflow that %s',
    async (_, edit) => {
      expect((await workflows.replayAll(edit)).failed).toHaveLength(1);
    },
  );
});
