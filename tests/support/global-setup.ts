import { existsSync } from 'node:fs';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import type { SharedStack } from './stack.ts';
import { checkCollectedLogs, openCollectedLogs } from './collected-logs.ts';
import { startTemporaryStack, sweepAbandonedStacks, type TemporaryStack } from './temporary-stack.ts';

const MIGRATE = new URL('../../drizzle/migrate/migrate.ts', import.meta.url);
const TEMPLATE = 'avatar_template';

/**
 * Starts the stack that all integration tests share, with a migrated template database, and stops it at the end. The run fails if a
 * log of any process under test contains a secret or personal data.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandonedStacks();
  const logs = await openCollectedLogs();
  const stack = await startTemporaryStack();
  try {
    const shared: SharedStack = {
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
    await createTemplate(stack.databaseOwnerUrl);
    project.provide('stack', shared);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return async () => {
    await stack.stop();
    await checkCollectedLogs(logs, secretsOf(stack));
  };
}

/** The passwords of the database. */
function secretsOf({ databaseUrl, databaseOwnerUrl }: TemporaryStack): string[] {
  return [databaseUrl, databaseOwnerUrl].map((url) => decodeURIComponent(new URL(url).password));
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
