import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { createApi, type Api } from '#api/create-api.ts';
import type { ApiDeps } from '#api/deps.ts';
import { createLog } from '#api/log.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { createDrainingServer } from '#process/draining-server.ts';
import { createApiClient, type ApiClient } from './api-client.ts';

/** A person with a token and a project. */
export interface TestUser {
  readonly token: string;
  readonly subject: string;
  readonly accountId: string;
  readonly projectId: string;
}

export interface ServedApi {
  readonly address: string;
  readonly client: ApiClient;
  readonly api: Api;
  readonly tokens: DemoTokens;
  /** What the API logged, JSON lines. */
  readonly logged: readonly string[];
  /** Somebody new, with the starter credits of the tier (free: 100, plus: 500, pro: 1000) and a project. */
  user(wish?: { tier?: 'free' | 'plus' | 'pro'; role?: 'user' | 'admin' }): Promise<TestUser>;
  stop(): Promise<void>;
}

type Needed = Pick<ApiDeps, 'database' | 'listenUrl' | 'workflows' | 'store'>;

/** The API over HTTP in this process. */
export async function serveApi(deps: Needed & Partial<ApiDeps>): Promise<ServedApi> {
  const logged: string[] = [];
  const tokens = deps.demoTokens ?? createDemoTokens(testKey());
  const api = createApi({
    replica: undefined,
    verify: createTokenVerifier(tokens.rules),
    demoTokens: tokens,
    oidc: null,
    providers: ['replicate', 'illustrator'],
    prices: DEFAULT_PRICES,
    removal: { request: async () => true },
    reconciler: { trigger: async () => undefined },
    requestsPerMinute: 10_000,
    uploadsPerMinute: 10_000,
    webOrigin: 'http://web.test',
    trustedProxies: ['loopback'],
    log: createLog('info', { write: (line) => void logged.push(line) }),
    ...deps,
  });
  const { server } = createDrainingServer({}, api.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createApiClient(address);
  return {
    address,
    client,
    api,
    tokens,
    logged,
    async user({ tier = 'free', role = 'user' } = {}) {
      const subject = `test|${uniqueSuffix()}`;
      const token = await tokens.forUser({ sub: subject, tier, role, name: 'Test Person' });
      const { body: me } = await client.ok('readProfile', { token });
      const { body: project } = await client.ok('createProject', { token, body: { name: 'Faces' } });
      return { token, subject, accountId: me.accountId, projectId: project.id };
    },
    async stop() {
      api.drain();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await api.close();
    },
  };
}

/** A P-256 key of this run. */
export function testKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
