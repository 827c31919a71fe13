import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { API_BASE } from '#contract/route.ts';
import type { Generation } from '#contract/generation.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { seed } from '#drizzle/seed.ts';
import { launch, type Studio } from '#stack/launch.ts';
import { readLauncherEnv } from '#stack/launcher-env.ts';
import type { Progress } from '#stack/progress.ts';
import { createFakeFal, type FakeFal } from '#tests/fakes/fal/fake-fal.ts';
import { createFakeReplicate, type FakeReplicate } from '#tests/fakes/replicate/fake-replicate.ts';
import { createDataDir, removeDataDir, testEnvironment } from '#tests/support/temporary-stack.ts';

/** The demo user: its tier's queue and deadline are short. */
const USER = 'bob';
/** How soon a dead worker is noticed. The default of 30 s saves billed heartbeats, but nobody watches those. */
const HEARTBEAT_TIMEOUT_MS = 5_000;
/** The reconciler starts accepted requests as soon as its Schedule runs. */
const RECONCILE_AFTER_MS = 1_000;
const REQUEST_TIMEOUT_MS = 20_000;

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** A whole studio on free ports and temporary data, whose providers are fakes with a bill. */
export interface DemoStudio {
  readonly database: Database;
  readonly temporal: Client;
  readonly fakes: { readonly replicate: FakeReplicate; readonly fal: FakeFal };
  readonly launched: Studio;
  readonly projectId: string;
  request<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer<Body>>;
  /** POSTs a generation of the fastest FLUX. */
  generate(prompt: string): Promise<Answer<Generation>>;
  /** The generation's card, already signed in, and its workflow. */
  links(generationId: string): Record<string, string>;
  /** The project's page, already signed in. */
  readonly pageUrl: string;
  close(): Promise<void>;
}

/** @throws StoppingError when aborted */
export async function openDemoStudio(progress: Progress, signal: AbortSignal): Promise<DemoStudio> {
  const dataDir = await createDataDir();
  const [replicate, fal] = await Promise.all([createFakeReplicate(), createFakeFal()]);
  const cleanUp = async (): Promise<void> => {
    await Promise.all([replicate.stop(), fal.stop()]);
    await removeDataDir(dataDir);
  };
  try {
    return await startStudio({ dataDir, replicate, fal, progress, signal, cleanUp });
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

interface Parts {
  readonly dataDir: string;
  readonly replicate: FakeReplicate;
  readonly fal: FakeFal;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  cleanUp(): Promise<void>;
}

async function startStudio({ dataDir, replicate, fal, progress, signal, cleanUp }: Parts): Promise<DemoStudio> {
  const env = environmentFor(replicate, fal);
  let ownerUrl = '';
  const launched = await launch({
    projectDir: join(import.meta.dirname, '..'),
    dataDir,
    env,
    launcherEnv: readLauncherEnv(env),
    progress,
    mode: 'production',
    signal,
    async prepareDatabase(url) {
      ownerUrl = url;
      await migrate(url);
      await seed(url);
    },
  });
  const { webUrl, temporalUiUrl, temporalAddress, temporalNamespace: namespace } = launched.addresses;
  const database = createDatabase({ url: ownerUrl, poolSize: 4, applicationName: 'avatar-studio demo' });
  const connection = await Connection.connect({ address: temporalAddress });
  const request = await signIn(launched.addresses.apiUrl);
  const project = await request<{ id: string }>('POST', '/projects', { name: 'Demo' });
  const projectId = project.body.id;
  return {
    database,
    temporal: new Client({ connection, namespace }),
    fakes: { replicate, fal },
    launched,
    projectId,
    request,
    pageUrl: `${webUrl}/projects/${projectId}?user=${USER}`,
    generate: (prompt) =>
      request('POST', `/projects/${projectId}/generations`, {
        sourceType: 'text_to_image',
        prompt,
        options: { provider: 'flux', optimizeFor: 'speed', size: 512 },
      }),
    links: (id) => ({
      Page: `${webUrl}/generations/${id}?user=${USER}`,
      'Temporal UI': `${temporalUiUrl}/namespaces/${namespace}/workflows/generation-${id}`,
    }),
    async close() {
      await Promise.allSettled([database.close(), connection.close()]);
      await launched.stop();
      await cleanUp();
    },
  };
}

/** Nothing of the developer's own configuration: above all no key that would buy real images. */
function environmentFor(replicate: FakeReplicate, fal: FakeFal): NodeJS.ProcessEnv {
  return {
    ...testEnvironment(),
    API_PORT: '0',
    INTERNAL_PORT: '0',
    WEB_PORT: '0',
    METRICS_PORT: '0',
    REPLICATE_API_TOKEN: replicate.token,
    REPLICATE_BASE_URL: replicate.url,
    FAL_KEY: fal.key,
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_API_URL: fal.apiUrl,
    HEARTBEAT_TIMEOUT_MS: String(HEARTBEAT_TIMEOUT_MS),
    RECONCILE_AFTER_MS: String(RECONCILE_AFTER_MS),
  };
}

/** @returns a function that sends requests as the demo user */
async function signIn(apiUrl: string): Promise<DemoStudio['request']> {
  let authorization: Record<string, string> = {};
  async function request<Body>(method: string, path: string, body?: object): Promise<Answer<Body>> {
    const response = await fetch(`${apiUrl}${API_BASE}${path}`, {
      method,
      headers: { ...authorization, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
  const { body } = await request<{ token: string }>('POST', '/demo/sign-in', { user: USER });
  authorization = { Authorization: `Bearer ${body.token}` };
  return request;
}
