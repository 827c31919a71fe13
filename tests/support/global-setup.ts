import { existsSync } from 'node:fs';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import type { SharedStack } from './stack.ts';
import { checkCollectedLogs, openCollectedLogs } from './collected-logs.ts';
import { startTemporaryStack, sweepAbandonedStacks, type TemporaryStack } from './temporary-stack.ts';

const MIGRATE = new URL('../../drizzle/migrate/migrate.ts', import.meta.url);
const TEMPLATE = 'avatar_template';

interface Running {
  readonly stack: TemporaryStack;
  /** The folder of the logs of all processes under test. */
  readonly logs: string;
}

/** In the process of Vitest, which loads this module once for each project. */
const shared = globalThis as { sharedStack?: Promise<Running>; sharedStackUsers?: number };

/**
 * Starts the stack that all integration tests share, with a migrated template database, and stops it at the end. The run fails if a
 * log of any process under test contains a secret or personal data.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.sharedStack ??= start();
  shared.sharedStackUsers = (shared.sharedStackUsers ?? 0) + 1;
  const { stack, logs } = await shared.sharedStack;
  const provided: SharedStack = {
    databaseAdminUrl: stack.databaseOwnerUrl,
    databaseAppUrl: stack.databaseUrl,
    databaseApiUrl: stack.apiDatabaseUrl,
    databaseWorkerUrl: stack.workerDatabaseUrl,
    databaseTemplate: TEMPLATE,
    temporalAddress: stack.temporalAddress,
    temporalNamespace: stack.temporalNamespace,
    temporalMetricsUrl: stack.temporalMetricsUrl ?? '',
    storage: stack.storage,
  };
  project.provide('stack', provided);
  return async () => {
    shared.sharedStackUsers! -= 1;
    if (shared.sharedStackUsers! > 0) return;
    await stack.stop();
    await checkCollectedLogs(logs, secretsOf(stack));
  };
}

async function start(): Promise<Running> {
  await sweepAbandonedStacks();
  const logs = await openCollectedLogs();
  return { stack: await startTemporaryStack({ prepareDatabase: createTemplate }), logs };
}

/** The passwords of the database. */
function secretsOf({ databaseUrl, databaseOwnerUrl, apiDatabaseUrl, workerDatabaseUrl }: TemporaryStack): string[] {
  return [databaseUrl, databaseOwnerUrl, apiDatabaseUrl, workerDatabaseUrl].map((url) =>
    decodeURIComponent(new URL(url).password),
  );
}

/** Migrates a template once; copying it for each test file takes a tenth of a second. */
async function createTemplate(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  if (!existsSync(MIGRATE)) return;
  const { migrate } = (await import(MIGRATE.href)) as { migrate(ownerUrl: string): Promise<unknown> };
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
}
