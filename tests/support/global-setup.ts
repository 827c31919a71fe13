import { existsSync } from 'node:fs';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import type { SharedStack } from './stack.ts';
import { startTemporaryStack, sweepAbandonedStacks, type TemporaryStack } from './temporary-stack.ts';

const MIGRATE = new URL('../../drizzle/migrate/migrate.ts', import.meta.url);
const TEMPLATE = 'avatar_template';

/** In the process of Vitest, which loads this module once for each project. */
const running = globalThis as { sharedStack?: Promise<TemporaryStack>; sharedStackUsers?: number };

/** Starts the stack that all integration tests share, with a migrated template database, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  running.sharedStack ??= start();
  running.sharedStackUsers = (running.sharedStackUsers ?? 0) + 1;
  const stack = await running.sharedStack;
  const shared: SharedStack = {
    databaseAdminUrl: stack.databaseOwnerUrl,
    databaseAppUrl: stack.databaseUrl,
    databaseTemplate: TEMPLATE,
    temporalAddress: stack.temporalAddress,
    temporalNamespace: stack.temporalNamespace,
    temporalMetricsUrl: stack.temporalMetricsUrl ?? '',
    storage: stack.storage,
  };
  project.provide('stack', shared);
  return async () => {
    running.sharedStackUsers! -= 1;
    if (running.sharedStackUsers === 0) await stack.stop();
  };
}

async function start(): Promise<TemporaryStack> {
  await sweepAbandonedStacks();
  return startTemporaryStack({ prepareDatabase: createTemplate });
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
