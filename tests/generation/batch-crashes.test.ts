import { describe, expect, it } from 'vitest';
import { batchWorkflowId } from '#domain/generation/workflow-id.ts';
import { admitBatch, endedBatch, writeBatchDown } from '../support/request-batch.ts';
import { openCrashWorld, RECOVERY_MS } from '../support/crash-world.ts';
import { SCHNELL } from '../support/write-down.ts';
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
      const world = await openCrashWorld(crashPoint);
      try {
        const { studio } = world;
        const user = await studio.user({ credits: 10 * SIZE });
        const first = await world.startWorker();
        const id = await writeBatchDown(studio, user, { size: SIZE, plan: [SCHNELL] });
        // Asked again while no outcome comes, as the reconciler does with what was accepted.
        const asked = until(() => admitBatch(studio, id), { what: 'an outcome', timeoutMs: 2 * RECOVERY_MS });
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${crashPoint}`, timeoutMs: RECOVERY_MS });
        await world.startWorker();
        await asked;
        const members = await endedBatch(studio, id, RECOVERY_MS);
        expect(members.map(({ status }) => status)).toEqual(Array(SIZE).fill('completed'));
        expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
        for (const member of members) expect(await studio.transfers(member.id)).toEqual(['reserve', 'capture']);
        expect(studio.replicate.ledger()).toHaveLength(SIZE);
        expect(await studio.store.list(`avatars/${user.accountId}/`)).toHaveLength(2 * SIZE);
        const handle = studio.world.client.workflow.getHandle(batchWorkflowId(id));
        expect(await handle.result()).toEqual({ completed: SIZE });
        expect(await studio.violations()).toEqual([]);
      } finally {
        await world.close();
      }
    },
    2 * RECOVERY_MS,
  );
});
