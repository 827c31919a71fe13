import { withClient } from './postgres/databases.ts';
import { startPostgres, type EmbeddedPostgres } from './postgres/server.ts';
import type { StackContext } from './stack-context.ts';

export interface StartedDatabase {
  readonly urls: {
    readonly databaseUrl: string;
    readonly apiDatabaseUrl: string;
    readonly workerDatabaseUrl: string;
    readonly databaseOwnerUrl: string;
    readonly databaseListenUrl?: string;
  };
  readonly embedded?: EmbeddedPostgres;
}

/**
 * The configured database, or the embedded Postgres.
 *
 * @throws Error when the configured database does not respond.
 */
export async function startDatabase(context: StackContext): Promise<StartedDatabase> {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_LISTEN_URL } = context.settings;
  const { DATABASE_API_URL, DATABASE_WORKER_URL } = context.settings;
  if (DATABASE_URL === undefined) {
    const embedded = await startEmbeddedPostgres(context);
    const { appUrl, apiUrl, workerUrl, ownerUrl } = embedded;
    const urls = { apiDatabaseUrl: apiUrl, workerDatabaseUrl: workerUrl, databaseOwnerUrl: ownerUrl };
    return { urls: { databaseUrl: appUrl, ...urls }, embedded };
  }
  const checked = { DATABASE_URL, DATABASE_API_URL, DATABASE_WORKER_URL };
  for (const [name, url] of Object.entries(checked)) if (url !== undefined) await checkReachable(name, url);
  if (DATABASE_API_URL === undefined || DATABASE_WORKER_URL === undefined) {
    context.progress.say(
      'API and worker share the role of DATABASE_URL, so each may do what the other does. DATABASE_API_URL (role avatar_api) and DATABASE_WORKER_URL (role avatar_worker) give each its own',
    );
  }
  return {
    urls: {
      databaseUrl: DATABASE_URL,
      apiDatabaseUrl: DATABASE_API_URL ?? DATABASE_URL,
      workerDatabaseUrl: DATABASE_WORKER_URL ?? DATABASE_URL,
      databaseOwnerUrl: DATABASE_OWNER_URL ?? DATABASE_URL,
      ...(DATABASE_LISTEN_URL === undefined ? {} : { databaseListenUrl: DATABASE_LISTEN_URL }),
    },
  };
}

export async function startEmbeddedPostgres(context: StackContext): Promise<EmbeddedPostgres> {
  const port = await context.ports.choose('Postgres', context.settings.POSTGRES_PORT);
  return startPostgres(context, { dataDir: context.dataDir, port, durable: context.durable });
}

async function checkReachable(name: string, url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
  } catch (cause) {
    const { host, pathname } = new URL(url);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The database of ${name} (${host}${pathname}) does not respond: ${reason}`, { cause });
  }
}
