import { describe, expect, it } from 'vitest';
import { batchWorkflowId } from '#domain/generation/workflow-id.ts';
import { admitBatch, endedBatch, insertBatchRequest } from '../support/request-batch.ts';
import { openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { rowsOf } from '../support/long-run.ts';
import { until } from '../support/until.ts';

/** Where a batch differs from a single generation: its own admission, members that are already admitted, concurrent members. */
const CRASH_POINTS = [
  'before:ledger.reserveBatch',
  'after:ledger.reserveBatch',
  'after:ledger.reserve',
  'after:submit',
  'before:ledger.record',
];
/** A crash before an effect finds the state that the effect before it has left: of each such pair the latter. */
const TRIED = rowsOf('matrices', CRASH_POINTS, (point) => point.startsWith('after:'));
const SIZE = 4;

describe.concurrent('a batch whose worker is killed with SIGKILL', () => {
  it.each(TRIED)(
    'charges each member once for one paid prediction, and leaves no orphans (%s)',
    async (crashPoint) => {
      const environment = await openCrashEnvironment(crashPoint);
      try {
        const { studio } = environment;
        const user = await studio.user({ credits: 10 * SIZE });
        const first = await environment.startWorker();
        const id = await insertBatchRequest(studio, user, { size: SIZE, plan: [SCHNELL] });
        // Repeated until an outcome comes, as the reconciler does for accepted batches.
        const admission = until(() => admitBatch(studio, id), {
          what: 'the admission outcome',
          timeoutMs: 2 * RECOVERY_MS,
        });
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${crashPoint}`, timeoutMs: RECOVERY_MS });
        await environment.startNextWorker();
        await admission;
        const members = await endedBatch(studio, id);
        expect(members.map(({ status }) => status)).toEqual(Array(SIZE).fill('completed'));
        expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
        for (const member of members) expect(await studio.transfers(member.id)).toEqual(['reserve', 'capture']);
        expect(studio.replicate.ledger()).toHaveLength(SIZE);
        expect(await studio.store.list(`avatars/${user.accountId}/`)).toHaveLength(2 * SIZE);
        const handle = studio.temporal.client.workflow.getHandle(batchWorkflowId(id));
        expect(await handle.result()).toEqual({ completed: SIZE });
        expect(await studio.violations()).toEqual([]);
      } finally {
        await environment.close();
      }
    },
    2 * RECOVERY_MS,
  );
});
