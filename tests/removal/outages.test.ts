import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { deleteAvatar } from '#drizzle/queries/avatars/avatar-change.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { createObjectRemoval, type ObjectRemoval } from '#temporal/client/object-removal.ts';
import { ensureSchedules } from '#temporal/client/schedules.ts';
import { reconcilerScheduleId } from '#temporal/client/reconciler.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';
import { databaseOf, startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { until } from '../support/until.ts';

const RECOVERY_MS = 90_000;
const OUTAGE_MS = 8_000;

let stack: TemporaryStack;
let studio: Studio;
let removal: ObjectRemoval;
let owner: Client;
let user: TestUser;

/** A temporary stack, because these tests kill its servers. */
beforeAll(async () => {
  stack = await startTemporaryStack();
  await migrate(stack.databaseOwnerUrl);
  studio = await openStudio({
    temporal: { address: stack.temporalAddress, namespace: stack.temporalNamespace },
    database: databaseOf(stack),
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

/** Generates an avatar and deletes it permanently. */
async function generateAndDelete(): Promise<void> {
  const { id } = await studio.generate(user);
  expect((await studio.ended(id)).status).toBe('completed');
  const page = await listAvatars(studio.database, user.accountId, {}, { limit: 100 });
  const avatarId = page.items.find(({ generationId }) => generationId === id)!.id;
  // Wait for the removal of the staged image, so that only the avatar's objects are left.
  await until(async () => (await studio.objects()).length === 2);
  await deleteAvatar(studio.database, user.accountId, avatarId);
}

const waitUntilEmpty = () =>
  until(async () => (await studio.objects().catch(() => ['unavailable'])).length === 0, {
    timeoutMs: RECOVERY_MS,
    what: 'the empty bucket',
  });

it(
  'the removal of objects completes after a bucket outage',
  async () => {
    await generateAndDelete();
    await stack.gcs!.stop();
    expect(await removal.request({ accountId: user.accountId })).toBe(true);
    await sleep(OUTAGE_MS);
    const workflow = studio.temporal.client.workflow.getHandle(removalWorkflowId(user.accountId));
    expect((await workflow.describe()).status.name).toBe('RUNNING');
    await stack.gcs!.restart();
    await waitUntilEmpty();
    // Image, thumbnail, and once more the staged image, whose row is still there.
    expect(await workflow.result()).toBe(3);
  },
  2 * RECOVERY_MS,
);

it(
  'the removal of objects continues after Temporal was killed',
  async () => {
    await generateAndDelete();
    await stack.gcs!.stop();
    expect(await removal.request({ accountId: user.accountId })).toBe(true);
    await stack.temporal!.kill9();
    await stack.gcs!.restart();
    await sleep(1_000);
    await stack.temporal!.restart();
    await waitUntilEmpty();
  },
  2 * RECOVERY_MS,
);

it(
  'the sweep removes the objects when Temporal is unavailable for the removal request',
  async () => {
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    await generateAndDelete();
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
    await waitUntilEmpty();
    // The rows go after the objects.
    await expect.poll(async () => (await owner.query('SELECT name FROM stored_objects')).rows).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  },
  2 * RECOVERY_MS,
);
