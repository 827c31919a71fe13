import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '#activities/create-activities.ts';
import { generationWorkflowId, removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { runDeployment } from '#ops/deployment/deployment.ts';
import type { WorkersDeps } from '#temporal/worker/create-workers.ts';
import { createWorkerVersions, type WorkerVersions } from '#temporal/client/worker-versions.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';

const TIMEOUT_MS = 240_000;
const NEXT_RELEASE = fileURLToPath(new URL('next-release.ts', import.meta.url));
/** Enough for a ramp of 50 % to reach both versions: all would go to one of them once in a million runs. */
const RAMPED = 20;
const BEFORE = 8;
const AFTER = 6;
const RUNS_MS = 1_500;
/** All images are encoded on this machine. */
const ENDED_MS = 120_000;

const deploymentName = `studio-${uniqueSuffix()}`;
let studio: Studio;
let versions: WorkerVersions;
let isBucketAway = true;

beforeAll(async () => {
  studio = await openStudio({ fakeReplicate: { runsMs: RUNS_MS } });
  versions = createWorkerVersions(studio.temporal.client, deploymentName);
});
afterAll(() => studio.close());

/** The activities, whose removal of objects fails while the bucket is away. */
function activities(): Activities {
  const { publish } = studio.activities;
  return {
    ...studio.activities,
    publish: {
      ...publish,
      async removeOrphanedObjects(input) {
        if (isBucketAway) throw new Error('the bucket is away');
        return publish.removeOrphanedObjects(input);
      },
    },
  };
}

const startVersion = (buildId: string, bundle?: WorkersDeps['workflowBundle']) =>
  studio.temporal.startWorkers(activities(), undefined, bundle, { deploymentName, buildId });

/** A version is known once its workers have polled, a moment after their start. */
async function deploy(command: readonly string[]): Promise<void> {
  await until(() => runDeployment(versions, command).catch(() => undefined), { what: command.join(' ') });
}

/** The version on which a workflow ran last, and how many of its tasks failed. */
async function runOf(workflowId: string): Promise<{ buildId: string | undefined; failures: number }> {
  const handle = studio.temporal.client.workflow.getHandle(workflowId);
  const { raw } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const failures = (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
  return { buildId: raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined, failures };
}

it(
  'two versions of the workers run together under load: nothing fails, nothing is stuck, each generation ends where it began',
  { timeout: TIMEOUT_MS },
  async () => {
    const nextRelease = await bundleWorkflowCode({ workflowsPath: NEXT_RELEASE, logger: new DefaultLogger('ERROR') });
    const user = await studio.user({ credits: 1_000, tier: 'pro' });
    const request = async (count: number) => {
      const ids: string[] = [];
      // One after the other is enough: each takes RUNS_MS, and all at once would wait for connections on a busy machine.
      while (ids.length < count) ids.push((await studio.generate(user, { plan: [SCHNELL] })).id);
      return ids;
    };

    const old = await startVersion('old');
    await deploy(['promote', 'old']);
    const before = await request(BEFORE);
    const accountId = randomUUID();
    const { client, queues } = studio.temporal;
    const removal = await client.workflow.start('removeObjects', {
      taskQueue: queues.workflows,
      workflowId: removalWorkflowId(accountId),
      args: [{ accountId }],
    });

    await startVersion('new', nextRelease);
    await deploy(['ramp', '50', 'new']);
    const ramped = await request(RAMPED);
    await deploy(['promote', 'new']);
    const after = await request(AFTER);
    isBucketAway = false;

    const ended = await Promise.all([...before, ...ramped, ...after].map((id) => studio.ended(id, ENDED_MS)));
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'completed'));
    await removal.result();
    const runs = async (ids: readonly string[]) => Promise.all(ids.map((id) => runOf(generationWorkflowId(id))));
    expect(await runs(before)).toEqual(before.map(() => ({ buildId: 'old', failures: 0 })));
    expect(await runs(after)).toEqual(after.map(() => ({ buildId: 'new', failures: 0 })));
    const both = await runs(ramped);
    expect(new Set(both.map(({ buildId }) => buildId))).toEqual(new Set(['old', 'new']));
    expect(both.map(({ failures }) => failures)).toEqual(both.map(() => 0));
    // It began on the old version, and moved while it ran.
    expect(await runOf(removal.workflowId)).toEqual({ buildId: 'new', failures: 0 });

    const states = (await versions.list()).map(({ buildId, status, percent }) => [buildId, status, percent]);
    expect(states.toSorted()).toEqual([
      ['new', 'current', 100],
      ['old', 'draining', 0],
    ]);
    await old.stop();
    const [last] = await request(1);
    expect(await studio.ended(last!)).toMatchObject({ status: 'completed' });
    expect(await studio.violations()).toEqual([]);
  },
);
