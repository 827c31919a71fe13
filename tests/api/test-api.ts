import { afterAll, beforeAll } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { useDatabase, type Fixture } from '../support/database/fixture.ts';
import { createTestBucket } from '../support/stack.ts';
import { createLedgerWorkflows, type LedgerWorkflows } from './ledger-workflows.ts';
import { serveApi, type ServedApi, type ServeOptions } from './serve-api.ts';

export interface TestApi extends Omit<ServedApi, 'stop'> {
  readonly fixture: Fixture;
  readonly workflows: LedgerWorkflows;
  readonly store: ImageStore;
  /** Starts one more API instance on the same database, bucket and tokens, with further options; it stops after the file's tests. */
  startInstance(options?: ServeOptions): Promise<ServedApi>;
}

const POOL_SIZE = 12;

/** Serves an API over HTTP for the calling test file, in its own role, with its own database and bucket; only the workflows are a stand-in. */
export function testApi(overrides: ServeOptions = {}): TestApi {
  const fixture = useDatabase({ poolSize: POOL_SIZE });
  let running: { served: ServedApi; database: Database; workflows: LedgerWorkflows; store: ImageStore } | undefined;
  const instances: ServedApi[] = [];

  beforeAll(async () => {
    const { urls } = fixture;
    const database = createDatabase({ url: urls.apiUrl, applicationName: 'test api', poolSize: POOL_SIZE });
    const { endpoint, bucket, clientEmail, privateKey } = await createTestBucket();
    const credentials = clientEmail && privateKey ? { clientEmail, privateKey } : undefined;
    const store = createGcsImageStore({ bucket, endpoint, credentials });
    const workflows = createLedgerWorkflows(fixture.database);
    const served = await serveApi({ database, listenUrl: urls.apiUrl, workflows, store, ...overrides });
    running = { served, database, workflows, store };
  });
  afterAll(async () => {
    for (const { stop } of [...instances, ...(running ? [running.served] : [])]) await stop();
    await running?.database.close();
  });

  const current = () => {
    if (running === undefined) throw new Error('The API is available only while tests run');
    return running;
  };
  return {
    fixture,
    get workflows() {
      return current().workflows;
    },
    get store() {
      return current().store;
    },
    async startInstance(options = {}) {
      const { served, database, workflows, store } = current();
      const { urls } = fixture;
      const verify = createTokenVerifier(served.tokens.rules);
      const shared = { database, listenUrl: urls.apiUrl, workflows, store };
      const instance = await serveApi({ ...shared, ...overrides, ...options, verify });
      instances.push(instance);
      return instance;
    },
    get address() {
      return current().served.address;
    },
    get internalAddress() {
      return current().served.internalAddress;
    },
    get client() {
      return current().served.client;
    },
    get api() {
      return current().served.api;
    },
    get tokens() {
      return current().served.tokens;
    },
    get logged() {
      return current().served.logged;
    },
    user: (body) => current().served.user(body),
  };
}
