import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { inject } from 'vitest';
import { ensureBucket } from '#stack/gcs/bucket.ts';
import type { StorageSettings } from '#stack/stack.ts';
import { ensureNamespace } from '#stack/temporal/namespace.ts';

/** The addresses of the stack that all integration tests share. Never stop or crash it; start a temporary stack for that. */
export interface SharedStack {
  /** Superuser. */
  readonly databaseAdminUrl: string;
  readonly databaseAppUrl: string;
  readonly databaseApiUrl: string;
  readonly databaseWorkerUrl: string;
  readonly databaseTemplate: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Prometheus metrics of the Temporal server; the counter `action` counts billable actions. */
  readonly temporalMetricsUrl: string;
  readonly storage: StorageSettings;
}

declare module 'vitest' {
  export interface ProvidedContext {
    stack: SharedStack;
  }
}

/** A migrated database for one test file, without rows except those that migrations insert. */
export interface TestDatabase {
  /** With the role that may do what API and worker may. */
  readonly url: string;
  /** With the roles of the two processes. */
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** With the superuser. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** The shared stack's addresses. Available only in integration tests (`*.int.test.ts` or under tests/). */
export function sharedStack(): SharedStack {
  return inject('stack');
}

/** Random letters and digits for task queues, subjects and keys. */
export function uniqueSuffix(): string {
  return randomBytes(6).toString('hex');
}

/** Copies the migrated template into a database for one test file; drop it in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(sharedStack().databaseTemplate);
}

/** A database as it is at this moment, as a backup of it would bring it back. Ends all its connections; pools connect again. */
export async function backUpTestDatabase({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>): Promise<TestDatabase> {
  const { databaseAdminUrl } = sharedStack();
  const name = new URL(ownerUrl).pathname.slice(1);
  await asAdmin(databaseAdminUrl, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  try {
    await asAdmin(
      databaseAdminUrl,
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    return await copyDatabase(name);
  } finally {
    await asAdmin(databaseAdminUrl, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  }
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const { databaseAdminUrl, databaseAppUrl, databaseApiUrl, databaseWorkerUrl } = sharedStack();
  const name = `test_${uniqueSuffix()}`;
  await asAdmin(databaseAdminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: withDatabase(databaseAppUrl, name),
    apiUrl: withDatabase(databaseApiUrl, name),
    workerUrl: withDatabase(databaseWorkerUrl, name),
    ownerUrl: withDatabase(databaseAdminUrl, name),
    drop: () => asAdmin(databaseAdminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The variables with which a process uses a bucket of the emulator. */
export function storageEnvironment(storage: StorageSettings): Record<string, string | undefined> {
  return {
    GCS_BUCKET: storage.bucket,
    GCS_ENDPOINT: storage.endpoint,
    GCS_CLIENT_EMAIL: storage.clientEmail,
    GCS_PRIVATE_KEY_FILE: storage.privateKeyFile,
  };
}

/** Creates a bucket in the shared emulator and returns its storage settings. It is removed with the stack. */
export async function createTestBucket(): Promise<StorageSettings> {
  const { storage } = sharedStack();
  const bucket = `test-${uniqueSuffix()}`;
  await ensureBucket(storage.endpoint ?? '', bucket);
  return { ...storage, bucket };
}

/** Creates a namespace (takes a second), for tests that count the server's actions or list all workflows. */
export async function createTestNamespace(): Promise<string> {
  const namespace = `test_${uniqueSuffix()}`;
  await ensureNamespace({ address: sharedStack().temporalAddress }, namespace);
  return namespace;
}

/** Connects to the shared Temporal server; close the connection in afterAll. */
export async function connectToTemporal(): Promise<Connection> {
  return Connection.connect({ address: sharedStack().temporalAddress });
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
