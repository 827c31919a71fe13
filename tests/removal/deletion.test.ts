import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type ImageStore, StorageFailure } from '#activities/storage/port.ts';
import { removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { TRASH_DAYS } from '#domain/avatar/trash.ts';
import { deleteAvatar, trashAvatar } from '#drizzle/queries/avatars/avatar-change.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { deleteProject } from '#drizzle/queries/avatars/projects.ts';
import { createObjectRemoval, type ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { emptyTrash } from '#workflows/removal/empty-trash.ts';
import { createTestDatabase, uniqueSuffix, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

const WAIT_MS = 60_000;

let urls: TestDatabase;
let owner: Client;
let studio: Studio;
let removal: ObjectRemoval;
/** How many more removals the bucket refuses. */
let refusals = 0;

const refuseRemovals = (store: ImageStore): ImageStore => ({
  ...store,
  async remove(name) {
    if (refusals > 0) {
      refusals -= 1;
      throw new StorageFailure('unavailable', 'unavailable in this test');
    }
    return store.remove(name);
  },
});

beforeAll(async () => {
  urls = await createTestDatabase();
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  studio = await openStudio({ database: urls, wrapStore: refuseRemovals });
  await studio.startWorkers();
  removal = createObjectRemoval(studio.temporal);
});
afterEach(() => {
  refusals = 0;
  studio.replicate.reset();
});
afterAll(async () => {
  await owner.end();
  await studio.close();
  await urls.drop();
});

async function generateAvatar(user: TestUser): Promise<string> {
  const { id } = await studio.generate(user);
  expect((await studio.ended(id)).status).toBe('completed');
  const page = await listAvatars(studio.database, user.accountId, {}, { limit: 100 });
  return page.items.find(({ generationId }) => generationId === id)!.id;
}

/** Without the staged image, which is removed a moment after the delivery. */
const imagesOf = ({ accountId }: TestUser) => studio.store.list(`avatars/${accountId}/`);
const waitUntilEmpty = (user: TestUser) =>
  until(async () => (await imagesOf(user)).length === 0, { timeoutMs: WAIT_MS, what: 'the empty bucket' });
const workflowOf = ({ accountId }: TestUser) => studio.temporal.client.workflow.getHandle(removalWorkflowId(accountId));
const rowsOf = async ({ accountId }: TestUser) =>
  (await owner.query<{ bytes: number }>('SELECT bytes::int FROM stored_objects WHERE account_id = $1', [accountId]))
    .rows;

it('deleting an avatar permanently removes its images and leaves the others', async () => {
  const user = await studio.user();
  const [deleted, retained] = [await generateAvatar(user), await generateAvatar(user)];
  await deleteAvatar(studio.database, user.accountId, deleted);
  expect(await removal.request({ accountId: user.accountId })).toBe(true);
  expect(await workflowOf(user).result()).toBeGreaterThanOrEqual(2);
  const names = (await imagesOf(user)).map(({ name }) => name);
  expect(names).toHaveLength(2);
  for (const name of names) expect(name).toContain(retained);
  expect(await studio.credits(user)).toEqual({ posted: 80, held: 0 });
  expect(await studio.violations()).toEqual([]);
});

it('deleting an avatar keeps an empty row per object, so that the sweep removes a late write too', async () => {
  const user = await studio.user();
  const id = await generateAvatar(user);
  const { name } = (await imagesOf(user))[0]!;
  await deleteAvatar(studio.database, user.accountId, id);
  await removal.request({ accountId: user.accountId });
  await workflowOf(user).result();
  expect((await rowsOf(user)).filter(({ bytes }) => bytes > 0)).toEqual([]);
  expect(await rowsOf(user)).not.toEqual([]);
  // A step that timed out long ago writes now.
  await studio.store.write(name, Buffer.from('late'), { contentType: 'image/webp', immutable: true });
  await owner.query("UPDATE stored_objects SET created_at = now() - interval '11 minutes' WHERE account_id = $1", [
    user.accountId,
  ]);
  await studio.temporal.client.workflow.execute('reconcile', {
    workflowId: `sweep-${uniqueSuffix()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
  expect(await imagesOf(user)).toEqual([]);
  expect(await rowsOf(user)).toEqual([]);
});

it('concurrent deletions run in one removal workflow', async () => {
  const user = await studio.user();
  const ids = [await generateAvatar(user), await generateAvatar(user), await generateAvatar(user)];
  await Promise.all(
    ids.map(async (id) => {
      await deleteAvatar(studio.database, user.accountId, id);
      expect(await removal.request({ accountId: user.accountId })).toBe(true);
    }),
  );
  await waitUntilEmpty(user);
  const runs = `WorkflowId = '${removalWorkflowId(user.accountId)}' AND ExecutionStatus = 'Running'`;
  await until(async () => (await studio.temporal.client.workflow.count(runs)).count === 0, { timeoutMs: WAIT_MS });
});

it('the removal of objects is retried while the bucket refuses it', async () => {
  const user = await studio.user();
  await deleteAvatar(studio.database, user.accountId, await generateAvatar(user));
  refusals = 5;
  await removal.request({ accountId: user.accountId });
  await waitUntilEmpty(user);
  expect(refusals).toBe(0);
});

it('deleting a project cancels its generations, returns their credits and leaves nothing in the bucket', async () => {
  const user = await studio.user({ credits: 30 });
  studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 30_000 });
  const avatarId = await generateAvatar(user);
  const { id } = await studio.generate(user, { plan: [SCHNELL] });
  await until(() => studio.replicate.ledger().length === 1, { timeoutMs: WAIT_MS });
  const deleted = await deleteProject(studio.database, user.accountId, user.projectId);
  expect(deleted).toEqual({ avatarCount: 1, cancelledIds: [id] });
  expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
  await removal.request({ accountId: user.accountId, generationIds: [id] });
  await until(() => studio.replicate.ledger()[0]?.state === 'canceled', { timeoutMs: WAIT_MS });
  await waitUntilEmpty(user);
  expect(await studio.ended(id)).toMatchObject({ status: 'cancelled', creditsReturned: true });
  expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
  expect(await studio.ended((await generationOf(avatarId))!)).toMatchObject({ status: 'completed', projectId: null });
  expect(await studio.violations()).toEqual([]);
});

it('emptying the trash deletes only avatars that were there longer than the retention time', async () => {
  const user = await studio.user();
  const [old, young, untouched] = [await generateAvatar(user), await generateAvatar(user), await generateAvatar(user)];
  for (const id of [old, young]) await trashAvatar(studio.database, user.accountId, id);
  const age = `UPDATE avatars SET trashed_at = now() - $2 * interval '1 day' WHERE id = $1`;
  await owner.query(age, [old, TRASH_DAYS + 0.01]);
  await owner.query(age, [young, TRASH_DAYS - 0.01]);
  const purged = await studio.temporal.client.workflow.execute<typeof emptyTrash>('emptyTrash', {
    workflowId: `empty-trash-${uniqueSuffix()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
  expect(purged).toBe(1);
  const names = (await imagesOf(user)).map(({ name }) => name);
  expect(names).toHaveLength(4);
  expect(names.filter((name) => name.includes(old))).toEqual([]);
  const left = await owner.query<{ id: string }>('SELECT id FROM avatars WHERE account_id = $1', [user.accountId]);
  expect(left.rows.map((row) => row.id).toSorted()).toEqual([young, untouched].toSorted());
  expect(await studio.violations()).toEqual([]);
});

async function generationOf(avatarId: string): Promise<string | undefined> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT generation_id AS id FROM avatars WHERE id = $1 UNION SELECT generation_id FROM avatar_tombstones WHERE avatar_id = $1`,
    [avatarId],
  );
  return rows[0]?.id;
}
