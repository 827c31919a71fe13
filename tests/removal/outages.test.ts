import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { deleteAvatar } from '#drizzle/queries/avatars/avatar-change.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { migrate } from '#drizzle/migrate.ts';
import { createObjectRemoval, type ObjectRemoval } from '#temporal/client/object-removal.ts';
import { ensureSchedules } from '#temporal/client/schedules.ts';
import { reconcilerScheduleId } from '#temporal/client/reconciler.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';
import { startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { until } from '../support/until.ts';

const RECOVERY_MS = 90_000;
const AWAY_MS = 8_000;

let stack: TemporaryStack;
let studio: Studio;
let removal: ObjectRemoval;
let owner: Client;
let user: TestUser;

/** A stack of its own: these tests kill its servers. */
beforeAll(async () => {
  stack = await startTemporaryStack();
  await migrate(stack.databaseOwnerUrl);
  studio = await openStudio({
    temporal: { address: stack.temporalAddress, namespace: stack.temporalNamespace },
    database: { url: stack.databaseUrl, ownerUrl: stack.databaseOwnerUrl },
    storage: stack.storage,
  });
  await studio.startWorkers();
  removal = createObjectRemoval(studio.temporal);
  owner = new Client({ connectionString: stack.databaseOwnerUrl });
  await owner.connect();
  user = await studio.user({ tier: 'pro', credits: 1_000 });
});
afterAll(async () => {
  await owner.end();
  await studio.close();
  await stack.stop();
});

/** Made, paid for and deleted for good. */
async function deleted(): Promise<void> {
  const { id } = await studio.generate(user);
  expect((await studio.ended(id)).status).toBe('completed');
  const page = await listAvatars(studio.database, user.accountId, {}, { limit: 100 });
  const avatarId = page.items.find(({ generationId }) => generationId === id)!.id;
  // The staged bytes go first, so that what is left is the removal's alone.
  await until(async () => (await studio.objects()).length === 2);
  await deleteAvatar(studio.database, user.accountId, avatarId);
}

const emptied = () =>
  until(async () => (await studio.objects().catch(() => ['away'])).length === 0, {
    timeoutMs: RECOVERY_MS,
    what: 'the empty bucket',
  });

it(
  'removes the images when the bucket is back',
  async () => {
    await deleted();
    await stack.gcs!.stop();
    expect(await removal.request({ accountId: user.accountId })).toBe(true);
    await sleep(AWAY_MS);
    const workflow = studio.temporal.client.workflow.getHandle(removalWorkflowId(user.accountId));
    expect((await workflow.describe()).status.name).toBe('RUNNING');
    await stack.gcs!.restart();
    await emptied();
    expect(await workflow.result()).toBe(2);
  },
  2 * RECOVERY_MS,
);

it(
  'goes on after Temporal was killed in between',
  async () => {
    await deleted();
    await stack.gcs!.stop();
    expect(await removal.request({ accountId: user.accountId })).toBe(true);
    await stack.temporal!.kill9();
    await stack.gcs!.restart();
    await sleep(1_000);
    await stack.temporal!.restart();
    await emptied();
  },
  2 * RECOVERY_MS,
);

it(
  'leaves it to the sweep when Temporal is away as it is asked',
  async () => {
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    await deleted();
    await stack.temporal!.kill9();
    expect(await removal.request({ accountId: user.accountId })).toBe(false);
    await owner.query("UPDATE stored_objects SET created_at = now() - interval '11 minutes'");
    await stack.temporal!.restart();
    const schedule = studio.temporal.client.schedule.getHandle(reconcilerScheduleId(studio.temporal.queues));
    const triggered = () =>
      schedule.trigger().then(
        () => true,
        () => false,
      );
    await until(triggered, { timeoutMs: RECOVERY_MS });
    await emptied();
    const { rows } = await owner.query('SELECT name FROM stored_objects');
    expect(rows).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  },
  2 * RECOVERY_MS,
);
