import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { LOOPBACK } from '#stack/ports.ts';
import { createReconciler } from '#temporal/client/reconciler.ts';
import { testKey } from '../../api/serve-api.ts';
import { COMPILE_CACHE } from '../../support/compile-cache.ts';
import { storageEnvironment } from '../../support/stack.ts';
import { startFaultProxy, type FaultProxy } from '../network/fault-proxy.ts';
import { LINKS, type Link } from '../schedule/fault-kinds.ts';
import { openFakeProviders, type FakeProviderName, type FakeProviders } from '../providers/fake-providers.ts';
import { startFaultStack, throughPort, type FaultStack } from './fault-stack.ts';
import { startProgram, type Program } from './programs.ts';
import { createResilientPart, type ResilientPart } from './resilient-part.ts';

const THIS_TREE = join(import.meta.dirname, '../../..');
const WORKERS = 2;
/** How soon a dead worker is noticed. */
const HEARTBEAT_TIMEOUT_MS = 3_000;
/** The reconciler acts on rows that did not change for this long. */
const RECONCILE_AFTER_MS = 2_000;
const POOL_SIZE = 6;
/** Checks read every row of the run at once. */
const CHECK_TIMEOUT_MS = 60_000;

export interface FaultStudioOptions {
  readonly seed: number;
  /** Share of the providers' calls that fail. */
  readonly providerFaults: number;
  readonly providers: readonly FakeProviderName[];
  /** A provider that has not delivered after this is cancelled, ms. */
  readonly generationTimeoutMs: number;
  /** Every generation's deadline, ms. */
  readonly deadlineMs: number;
  /** Images generated at once by one worker; the default of workers otherwise. */
  readonly generateSlots?: number;
  /** The tree whose programs and schema run; this one by default. */
  readonly tree?: string;
}

/** A whole studio: separate processes, a proxy on every connection, fake providers. Its own clients connect directly. */
export interface FaultStudio {
  readonly stack: FaultStack;
  readonly parts: Readonly<Record<'postgres' | 'temporal' | 'bucket', ResilientPart>>;
  readonly api: Program;
  readonly workers: readonly Program[];
  readonly links: Readonly<Record<Link, readonly FaultProxy[]>>;
  readonly providers: FakeProviders;
  /** For users, through the proxy. */
  readonly apiUrl: string;
  /** With the owner's role, directly. */
  readonly database: Database;
  readonly store: ImageStore;
  readonly tokens: DemoTokens;
  /** Runs a round of the reconciler now; does nothing while Temporal is away. */
  reconcile(): Promise<void>;
  close(): Promise<void>;
}

export async function openFaultStudio(options: FaultStudioOptions): Promise<FaultStudio> {
  const stack = await startFaultStack();
  const providers = await openFakeProviders(options.seed, options.providerFaults, options.providers);
  try {
    return await openOn(stack, providers, options);
  } catch (error) {
    await providers.stop();
    await stack.stop();
    throw error;
  }
}

async function openOn(stack: FaultStack, providers: FakeProviders, options: FaultStudioOptions): Promise<FaultStudio> {
  const { tree = THIS_TREE } = options;
  await migrateFrom(tree, stack.ownerUrl);
  const signingKey = testKey();
  const keyFile = join(stack.dataDir, 'auth.pem');
  await writeFile(keyFile, signingKey, { mode: 0o600 });
  const proxied = await proxyServices(stack, providers);
  const common = { ...commonEnvironment(stack, keyFile), ...providers.environment };
  const limits = {
    HEARTBEAT_TIMEOUT_MS: String(HEARTBEAT_TIMEOUT_MS),
    RECONCILE_AFTER_MS: String(RECONCILE_AFTER_MS),
    RECONCILE_SETTLE_MAX: '200',
    GENERATION_TIMEOUT_MS: String(options.generationTimeoutMs),
    DEADLINE_MS: String(options.deadlineMs),
    ...(options.generateSlots !== undefined && { GENERATE_SLOTS: String(options.generateSlots) }),
  };
  const startWorker = (index: number) =>
    startProgram(stack, {
      name: `worker-${index + 1}`,
      program: 'temporal/worker/worker.ts',
      portVariable: 'METRICS_PORT',
      env: { ...common, ...proxied.worker[index], ...limits },
      tree,
    });
  const [api, ...workers] = await Promise.all([
    startProgram(stack, {
      name: 'api',
      program: 'api/server.ts',
      portVariable: 'API_PORT',
      env: { ...common, ...proxied.api },
      tree,
    }),
    ...Array.from({ length: WORKERS }, (_, index) => startWorker(index)),
  ]);
  const clientProxy = await startFaultProxy(api.port);
  const links = { ...proxied.links, client_api: [clientProxy] };
  const database = createDatabase({
    url: stack.ownerUrl,
    poolSize: POOL_SIZE,
    statementTimeoutMs: CHECK_TIMEOUT_MS,
    applicationName: 'fault-harness',
  });
  const connection = Connection.lazy({ address: stack.temporalAddress });
  const client = new Client({ connection, namespace: stack.temporalNamespace });
  const reconciler = createReconciler({ client, queues: taskQueues('') });
  const { endpoint, bucket, clientEmail, privateKey } = stack.storage;
  return {
    stack,
    parts: resilientParts(stack),
    api,
    workers,
    links,
    providers,
    apiUrl: `http://${LOOPBACK}:${clientProxy.port}`,
    database,
    store: createGcsImageStore({
      bucket,
      endpoint,
      credentials: { clientEmail: clientEmail ?? '', privateKey: privateKey ?? '' },
    }),
    tokens: createDemoTokens(signingKey),
    reconcile: () => reconciler.trigger().catch(() => undefined),
    async close() {
      stack.supervisor.beginStopping();
      await Promise.allSettled([database.close(), connection.close()]);
      await stack.stop();
      await Promise.all(LINKS.flatMap((link) => links[link].map((proxy) => proxy.close())));
      await providers.stop();
    },
  };
}

/** With the tree's own functions and tables. */
async function migrateFrom(tree: string, ownerUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['drizzle/migrate/migrate.ts'], {
    cwd: tree,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...COMPILE_CACHE, DATABASE_OWNER_URL: ownerUrl },
  });
}

function commonEnvironment(stack: FaultStack, keyFile: string): Record<string, string> {
  const storage = Object.entries(storageEnvironment(stack.storage)).filter((entry) => entry[1] !== undefined);
  return {
    ...(Object.fromEntries(storage) as Record<string, string>),
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
    DEMO_SIGN_IN: 'on',
    AUTH_PRIVATE_KEY_FILE: keyFile,
    RATE_LIMIT_PER_MINUTE: '1000000',
    UPLOAD_LIMIT_PER_MINUTE: '1000000',
    WEBHOOKS_ALLOW_PRIVATE: 'true',
    IMAGE_CHECK: 'off',
    DRAIN_MS: '0',
    INTERNAL_PORT: '0',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'warn',
  };
}

interface ProxiedServices {
  readonly links: Omit<Record<Link, readonly FaultProxy[]>, 'client_api'>;
  readonly api: Record<string, string>;
  /** One for each worker. */
  readonly worker: readonly Record<string, string>[];
}

/** Each program has proxies of its own, so that a fault can separate one worker and not the other. */
async function proxyServices(stack: FaultStack, providers: FakeProviders): Promise<ProxiedServices> {
  const open = async () => {
    const [postgres, temporal, bucket] = await Promise.all([
      startFaultProxy(Number(new URL(stack.appUrl).port)),
      startFaultProxy(Number(stack.temporalAddress.split(':')[1])),
      startFaultProxy(Number(new URL(stack.storage.endpoint).port)),
    ]);
    const databaseUrl = throughPort(stack.appUrl, postgres.port);
    const env = {
      DATABASE_URL: databaseUrl,
      DATABASE_LISTEN_URL: databaseUrl,
      TEMPORAL_ADDRESS: `${LOOPBACK}:${temporal.port}`,
      GCS_ENDPOINT: throughPort(stack.storage.endpoint, bucket.port),
    };
    return { postgres, temporal, bucket, env };
  };
  const api = await open();
  const workers = await Promise.all(Array.from({ length: WORKERS }, open));
  return {
    links: {
      api_postgres: [api.postgres],
      api_temporal: [api.temporal],
      api_bucket: [api.bucket],
      worker_postgres: workers.map(({ postgres }) => postgres),
      worker_temporal: workers.map(({ temporal }) => temporal),
      worker_bucket: workers.map(({ bucket }) => bucket),
      worker_providers: providers.proxies,
      temporal_postgres: [stack.temporalPostgres],
    },
    api: api.env,
    worker: workers.map(({ env }) => env),
  };
}

function resilientParts({ parts, supervisor, dataDir }: FaultStack): FaultStudio['parts'] {
  const resilient = (part: keyof typeof parts, process: string) =>
    createResilientPart(parts[part], { supervisor, dataDir, process });
  return {
    postgres: resilient('postgres', 'postgres'),
    temporal: resilient('temporal', 'temporal-server'),
    bucket: resilient('bucket', 'fake-gcs-server'),
  };
}
