import { generateKeyPairSync } from 'node:crypto';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { createContentSigner } from '#api/content-credentials/content-signer.ts';
import { createApi, type Api } from '#api/create-api.ts';
import type { ApiDeps } from '#api/deps.ts';
import { createLog } from '#process/log.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { collectLog } from '../support/collected-logs.ts';
import { testSecretBox } from '../support/secret-box.ts';
import { uniqueSuffix } from '../support/stack.ts';
import type { ClientLimits } from '#process/client-limits.ts';
import { createDrainingServer } from '#process/draining-server.ts';
import { listen } from '#process/listen.ts';
import { createApiClient, type ApiClient } from './api-client.ts';

/** A user with a token and a project. */
export interface TestUser {
  readonly token: string;
  readonly subject: string;
  readonly accountId: string;
  readonly projectId: string;
}

export interface ServedApi {
  readonly address: string;
  /** Of the listener for other services, which serves everything. */
  readonly internalAddress: string;
  readonly client: ApiClient;
  readonly api: Api;
  readonly tokens: DemoTokens;
  /** The API's log, one JSON entry each. */
  readonly logged: readonly string[];
  /** Creates a user with a project and the tier's starter credits (free: 100, plus: 500, pro: 1000). */
  user(options?: { tier?: 'free' | 'plus' | 'pro'; role?: 'user' | 'admin' }): Promise<TestUser>;
  stop(): Promise<void>;
}

type Needed = Pick<ApiDeps, 'database' | 'listenUrl' | 'workflows' | 'store'>;

export interface ServeOptions extends Partial<ApiDeps> {
  /** Node's own, by default. */
  readonly clientLimits?: Partial<ClientLimits>;
}

/** Serves the API over HTTP in this process, on a free port. */
export async function serveApi({ clientLimits = {}, ...deps }: Needed & ServeOptions): Promise<ServedApi> {
  const logged: string[] = [];
  const collect = collectLog('api');
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
    secretBox: testSecretBox,
    contentSigner: createContentSigner(undefined),
    webOrigin: 'http://web.test',
    trustedProxies: ['loopback'],
    log: createLog('api', 'info', {
      destination: {
        write(entry) {
          logged.push(entry);
          collect(entry);
        },
      },
    }),
    ...deps,
  });
  const servers = [api.app, api.internalApp].map((app) => createDrainingServer(clientLimits, app).server);
  const [address, internalAddress] = (await Promise.all(
    servers.map((server) => listen(server, { host: '127.0.0.1', port: 0 })),
  )) as [string, string];
  const client = createApiClient(address, internalAddress);
  return {
    address,
    internalAddress,
    client,
    api,
    tokens,
    logged,
    async user({ tier = 'free', role = 'user' } = {}) {
      const subject = `test|${uniqueSuffix()}`;
      const token = await tokens.forUser({ sub: subject, tier, role, name: 'Test Person' });
      const { body: profile } = await client.ok('readProfile', { token });
      const { body: project } = await client.ok('createProject', { token, body: { name: 'Faces' } });
      return { token, subject, accountId: profile.accountId, projectId: project.id };
    },
    async stop() {
      api.drain();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      await api.close();
    },
  };
}

/** A new P-256 private key, PEM. */
export function testKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
