import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { createGcsImageStore } from '../../activities/storage/gcs-image-store.ts';
import { createDemoTokens, type DemoTokens } from '../../api/auth/demo-tokens.ts';
import { createTokenVerifier } from '../../api/auth/token-verifier.ts';
import { createApi, type Api, type ApiDeps } from '../../api/create-api.ts';
import { createLog } from '../../api/log.ts';
import { DEFAULT_PRICES } from '../../domain/pricing.ts';
import { useDatabase, type Fixture } from '../support/database/fixture.ts';
import { createTestBucket, uniqueSuffix } from '../support/stack.ts';
import { createApiClient, type ApiClient } from './client.ts';
import { createLedgerWorkflows, type LedgerWorkflows } from './ledger-workflows.ts';

/** A person with a token and a project. */
export interface TestPerson {
  readonly token: string;
  readonly subject: string;
  readonly accountId: string;
  readonly projectId: string;
}

export interface TestApi {
  readonly address: string;
  readonly client: ApiClient;
  readonly api: Api;
  readonly fixture: Fixture;
  readonly workflows: LedgerWorkflows;
  readonly tokens: DemoTokens;
  /** What the API logged, JSON lines. */
  readonly logged: string[];
  /** Somebody new, with the starter credits of the tier (free: 100, plus: 500, pro: 1000) and a project. */
  person(wish?: { tier?: 'free' | 'plus' | 'pro'; role?: 'user' | 'admin' }): Promise<TestPerson>;
}

const POOL_SIZE = 12;

/** An API over HTTP for the calling test file, on a database and a bucket of its own; only the workflows are a stand-in. */
export function testApi(overrides: Partial<ApiDeps> = {}): TestApi {
  const fixture = useDatabase({ poolSize: POOL_SIZE });
  const logged: string[] = [];
  const tokens = createDemoTokens(testKey());
  let running: { address: string; api: Api; workflows: LedgerWorkflows; stop: () => Promise<void> } | undefined;

  beforeAll(async () => {
    const { endpoint, bucket, clientEmail, privateKey } = await createTestBucket();
    const workflows = createLedgerWorkflows(fixture.database);
    const api = createApi({
      database: fixture.database,
      listenUrl: fixture.urls.url,
      workflows,
      store: createGcsImageStore({
        bucket,
        endpoint,
        credentials: clientEmail && privateKey ? { clientEmail, privateKey } : undefined,
      }),
      verify: createTokenVerifier(tokens.rules),
      demoTokens: tokens,
      oidcIssuer: undefined,
      providers: ['replicate', 'illustrator'],
      prices: DEFAULT_PRICES,
      requestsPerMinute: 10_000,
      webOrigin: 'http://web.test',
      log: createLog('info', { write: (line) => void logged.push(line) }),
      ...overrides,
    });
    const server = createServer(api.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running = {
      address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      api,
      workflows,
      async stop() {
        api.drain();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await api.close();
      },
    };
  });
  afterAll(() => running?.stop());

  const current = () => {
    if (running === undefined) throw new Error('The API is there only while tests run');
    return running;
  };
  const client = () => createApiClient(current().address);

  return {
    get address() {
      return current().address;
    },
    get client() {
      return client();
    },
    get api() {
      return current().api;
    },
    get workflows() {
      return current().workflows;
    },
    fixture,
    tokens,
    logged,
    async person({ tier = 'free', role = 'user' } = {}) {
      const subject = `test|${uniqueSuffix()}`;
      const token = await tokens.forUser({ sub: subject, tier, role, name: 'Test Person' });
      const { body: me } = await client().ok('readMe', { token });
      const { body: project } = await client().ok('createProject', { token, body: { name: 'Faces' } });
      return { token, subject, accountId: me.accountId, projectId: project.id };
    },
  };
}

/** A P-256 key of this run. */
export function testKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
