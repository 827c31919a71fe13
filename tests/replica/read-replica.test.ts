import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { record } from '#drizzle/ledger/record.ts';
import { readEvents } from '../api/event-reader.ts';
import { createLedgerWorkflows } from '../api/ledger-workflows.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { anAvatar } from '../support/database/world.ts';
import { createTestBucket } from '../support/stack.ts';
import { startPrimaryWithStandby, type PrimaryWithStandby } from './standby.ts';

/** A replica that failed is used again after 5 s. */
const CATCH_UP_TIMEOUT_MS = 50_000;

let servers: PrimaryWithStandby;
let primary: Database;
let replica: Database;
let owner: Client;
/** Two API instances on the same databases, without knowledge of each other. */
let api: ServedApi;
let other: ServedApi;
/** Number of reads from the replica. */
let replicaReads = 0;

beforeAll(async () => {
  servers = await startPrimaryWithStandby();
  primary = createDatabase({ url: servers.primaryUrl, applicationName: 'test', poolSize: 8 });
  replica = createDatabase({
    url: servers.standbyUrl,
    readOnly: true,
    applicationName: 'test reads',
    poolSize: 4,
    connectTimeoutMs: 500,
  });
  owner = new Client({ connectionString: servers.primaryOwnerUrl });
  await owner.connect();
  const { endpoint, bucket, clientEmail, privateKey } = await createTestBucket();
  const credentials = clientEmail && privateKey ? { clientEmail, privateKey } : undefined;
  const store = createGcsImageStore({ bucket, endpoint, credentials });
  const counted: Database = {
    ...replica,
    get db() {
      replicaReads += 1;
      return replica.db;
    },
    call(...statement) {
      replicaReads += 1;
      return replica.call(...statement);
    },
  };
  const deps = { database: primary, replica: counted, listenUrl: servers.primaryUrl, store };
  const workflows = createLedgerWorkflows(primary);
  api = await serveApi({ ...deps, workflows });
  other = await serveApi({ ...deps, workflows, demoTokens: api.tokens });
});
afterEach(() => replay('resume'));
afterAll(async () => {
  await Promise.all([api.stop(), other.stop()]);
  await Promise.all([primary.close(), replica.close(), owner.end()]);
  await servers.stop();
});

const replay = (action: 'pause' | 'resume') => servers.asStandbyOwner(`SELECT pg_wal_replay_${action}()`);

async function names({ token }: TestUser, at: ServedApi = api): Promise<string[]> {
  const { body } = await at.client.ok('listProjects', { token });
  return body.data.map(({ name }) => name);
}

/** Waits until the replica has caught up with a user and serves their reads. */
async function caughtUp(user: TestUser, at: ServedApi = api): Promise<void> {
  await expect.poll(() => usesReplica(() => names(user, at)), { timeout: CATCH_UP_TIMEOUT_MS }).toBe(true);
}

async function usesReplica(work: () => Promise<unknown>): Promise<boolean> {
  const before = replicaReads;
  await work();
  return replicaReads > before;
}

/** Inserts a project directly into the primary, unnoticed by any API instance. */
async function insertProject({ accountId }: TestUser, name: string): Promise<void> {
  await owner.query(`INSERT INTO avatar_projects (id, account_id, name) VALUES ($1, $2, $3)`, [
    randomUUID(),
    accountId,
    name,
  ]);
}

describe('a read replica', () => {
  it('serves lists and analytics, and nothing else', async () => {
    const user = await api.user();
    const { token } = user;
    await caughtUp(user);
    await replay('pause');
    await insertProject(user, 'Secret');
    expect(await names(user)).toEqual(['Faces']);
    expect(await usesReplica(() => api.client.ok('readUsageSummary', { token }))).toBe(true);
    expect(await usesReplica(() => api.client.ok('listGenerations', { token }))).toBe(true);
    expect(await usesReplica(() => api.client.ok('readProject', { token, id: user.projectId }))).toBe(false);
    expect(await usesReplica(() => api.client.ok('readCredits', { token }))).toBe(false);
  });

  it('is not used for a user with newer writes, through either API instance, and still serves other users', async () => {
    const [writer, reader] = [await api.user(), await api.user()];
    await Promise.all([caughtUp(writer), caughtUp(reader), caughtUp(writer, other)]);
    await replay('pause');
    await api.client.ok('createProject', { token: writer.token, body: { name: 'New' } });
    expect(await names(writer)).toEqual(['New', 'Faces']);
    expect(await names(writer, other)).toEqual(['New', 'Faces']);
    expect(await usesReplica(() => names(writer))).toBe(false);
    expect(await usesReplica(() => names(reader))).toBe(true);
    await replay('resume');
    await caughtUp(writer);
    expect(await names(writer)).toEqual(['New', 'Faces']);
  });

  it('is not used for a user who was notified of a newer avatar', async () => {
    const user = await api.user();
    const { token, projectId } = user;
    const body = { sourceType: 'text_to_image', prompt: 'a signal tower' } as const;
    const { body: generation } = await api.client.ok('createGeneration', { token, id: projectId, body });
    await caughtUp(user);
    await replay('pause');
    const stream = await readEvents(`${api.address}/api/v1/events`, token);
    await stream.until(({ name }) => name === 'snapshot');
    const avatar = anAvatar(user.accountId);
    await record(primary, generation.id, avatar);
    await stream.until((event) => event.name === 'generation' && event.data.status === 'completed');
    const { body: list } = await api.client.ok('listProjectAvatars', { token, id: projectId });
    expect(list.data.map(({ id }) => id)).toEqual([avatar.id]);
    stream.cut();
  });

  it('is replaced by the primary at once when it is killed, and serves reads again after a restart', async () => {
    const user = await api.user();
    await caughtUp(user);
    await servers.standby.kill9();
    expect(await Promise.all([names(user), names(user), names(user)])).toEqual([['Faces'], ['Faces'], ['Faces']]);
    await servers.standby.restart();
    await caughtUp(user);
  });
});
