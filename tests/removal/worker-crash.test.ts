import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAvatars } from '#drizzle/queries/avatars/avatar-bulk.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { createObjectRemoval } from '#temporal/client/object-removal.ts';
import { type CrashEnvironment, openCrashEnvironment } from '../support/crash-environment.ts';
import { until } from '../support/until.ts';

/** The heartbeat timeout of 45 seconds passes before the next worker continues the removal. */
const RECOVERY_MS = 100_000;
const AVATARS = 3;

let environment: CrashEnvironment;
beforeAll(async () => {
  environment = await openCrashEnvironment('before:objectRemoval.mark');
});
afterAll(() => environment.close());

it(
  'an object removal whose worker is killed between the objects and their rows is finished by the next worker',
  async () => {
    const { studio } = environment;
    const user = await studio.user({ credits: 100 });
    const workers = await studio.startWorkers();
    for (let count = 0; count < AVATARS; count += 1) await studio.ended((await studio.generate(user)).id);
    await until(async () => (await studio.objects()).length === AVATARS * 2);
    await workers.stop();

    const { items } = await listAvatars(studio.database, user.accountId, {}, { limit: 10 });
    const ids = items.map(({ id }) => id);
    expect(await changeAvatars(studio.database, user.accountId, { action: 'delete', ids })).toBe(AVATARS);
    const crashing = await environment.startWorker();
    expect(await createObjectRemoval(studio.temporal).request({ accountId: user.accountId })).toBe(true);
    await until(() => crashing.signalCode === 'SIGKILL', { timeoutMs: RECOVERY_MS, what: 'the crash' });
    await environment.startNextWorker();
    const workflow = studio.temporal.client.workflow.getHandle(`remove-objects-${user.accountId}`);
    // The rows of the staged images are still there, so those are removed once more.
    expect(await workflow.result()).toBe(AVATARS * ['image', 'thumbnail', 'staged'].length);
    expect(await studio.objects()).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  },
  2 * RECOVERY_MS,
);
