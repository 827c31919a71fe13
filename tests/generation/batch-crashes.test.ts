import { describe, expect, it } from 'vitest';
import { batchWorkflowId } from '#domain/generation/workflow-id.ts';
import { admitBatch, endedBatch, insertBatchRequest } from '../support/request-batch.ts';
import { openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

/** Where a batch differs from a single making: its own admission, members that find themselves admitted, several at once. */
const CRASH_POINTS = [
  'before:ledger.reserveBatch',
  'after:ledger.reserveBatch',
  'after:ledger.reserve',
  'after:submit',
  'before:ledger.record',
];
const SIZE = 4;

describe.concurrent('a worker killed by -9 in the middle of a batch', () => {
  it.each(CRASH_POINTS)(
    '%s: each member charged once, one paid prediction each, nothing orphaned',
    async (crashPoint) => {
      const environment = await openCrashEnvironment(crashPoint);
      try {
        const { studio } = environment;
        const user = await studio.user({ credits: 10 * SIZE });
        const first = await environment.startWorker();
        const id = await insertBatchRequest(studio, user, { size: SIZE, plan: [SCHNELL] });
        // Asked again while no outcome comes, as the reconciler does with what was accepted.
        const asked = until(() => admitBatch(studio, id), { what: 'an outcome', timeoutMs: 2 * RECOVERY_MS });
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${crashPoint}`, timeoutMs: RECOVERY_MS });
        await environment.startWorker();
        await asked;
        const members = await endedBatch(studio, id, RECOVERY_MS);
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
