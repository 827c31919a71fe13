import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stack } from '#stack/stack.ts';
import { createProgress } from '#stack/progress.ts';
import { startStack } from '#stack/start-stack.ts';
import { processesMentioning } from '../support/processes.ts';
import { createTestDatabase, createTestNamespace, sharedStack, type TestDatabase } from '../support/stack.ts';
import { createDataDir, removeDataDir, testEnvironment } from '../support/temporary-stack.ts';

describe('an external service of the stack', () => {
  let dataDir: string;
  let database: TestDatabase;
  let stack: Stack | undefined;
  let said: string[];
  const start = async (env: Record<string, string>): Promise<Stack> => {
    const progress = createProgress({ write: (text) => void said.push(text) });
    const options = { dataDir, env: { ...testEnvironment(), ...env }, progress };
    stack = await startStack({ ...options, durable: false, temporalUi: false });
    return stack;
  };
  beforeEach(async () => {
    said = [];
    dataDir = await createDataDir();
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await stack?.stop();
    stack = undefined;
    await database.drop();
    await removeDataDir(dataDir);
  });

  test('is used as configured, and with all three configured no server is started', async () => {
    const { storage, temporalAddress } = sharedStack();
    const namespace = await createTestNamespace();
    const used = await start({
      DATABASE_URL: database.url,
      DATABASE_API_URL: database.apiUrl,
      DATABASE_WORKER_URL: database.workerUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
      STORAGE_EMULATOR_HOST: (storage.endpoint ?? '').replace('http://', ''),
      GCS_BUCKET: 'external-bucket',
    });
    expect(used).toMatchObject({
      databaseUrl: database.url,
      databaseOwnerUrl: database.ownerUrl,
      apiDatabaseUrl: database.apiUrl,
      workerDatabaseUrl: database.workerUrl,
      temporalAddress,
      temporalNamespace: namespace,
      storage: { endpoint: storage.endpoint, bucket: 'external-bucket' },
    });
    expect(said.join('')).not.toContain('share the role');
    expect([used.postgres, used.temporal, used.gcs]).toEqual([undefined, undefined, undefined]);
    expect((await fetch(`${storage.endpoint}/storage/v1/b/external-bucket`)).status).toBe(200);
    expect(await processesMentioning(dataDir)).toEqual([]);
  });

  test('leaves Temporal its embedded database when only the application database is external', async () => {
    const { storage } = sharedStack();
    const used = await start({ DATABASE_URL: database.url, STORAGE_EMULATOR_HOST: storage.endpoint ?? '' });
    expect(used.databaseUrl).toBe(database.url);
    expect(used.temporal).toBeDefined();
    expect(used.postgres).toBeDefined();
  });

  test('is real Cloud Storage when a bucket is named without an emulator; one role for both processes is named', async () => {
    const used = await start({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: sharedStack().temporalAddress,
      GCS_BUCKET: 'real-bucket',
    });
    expect(used.storage).toEqual({ bucket: 'real-bucket' });
    expect([used.apiDatabaseUrl, used.workerDatabaseUrl]).toEqual([database.url, database.url]);
    expect(said.join('')).toContain('API and worker share the role of DATABASE_URL');
  });

  test('fails the start with its name and reason, but without its password, when it does not respond', async () => {
    const failure = await start({ DATABASE_URL: 'postgres://user:secret@127.0.0.1:9/studio' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Error);
    const { message } = failure as Error;
    expect(message).toContain('The database of DATABASE_URL (127.0.0.1:9/studio) does not respond: ');
    expect(message).not.toContain('secret');
    expect(await processesMentioning(dataDir)).toEqual([]);
  });
});
