import { Client } from 'pg';
import { LOOPBACK } from '../ports.ts';
import { ROLES, type Passwords } from './passwords.ts';

/** The databases of the embedded cluster and the role that owns each. */
export const DATABASES = {
  app: 'avatar_studio',
  temporal: 'temporal',
  temporalVisibility: 'temporal_visibility',
} as const;

/** A connection that takes longer means that the server is not ready yet. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Creating a database copies files; a minute means that the disk hangs. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** The address of a database for one role. */
export function databaseUrl(port: number, role: string, password: string, database: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@${LOOPBACK}:${port}/${database}`;
}

/** Runs `work` with one connection, and always closes it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // Without a listener, a connection that the server closes later would crash the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates missing roles and databases and sets the roles' passwords. Safe to repeat. */
export async function ensureDatabases(port: number, passwords: Passwords): Promise<void> {
  await withClient(databaseUrl(port, ROLES.owner, passwords.owner, 'postgres'), async (client) => {
    const roles = new Set(
      (await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles')).rows.map((r) => r.rolname),
    );
    for (const key of ['app', 'api', 'worker', 'temporal'] as const) {
      const verb = roles.has(ROLES[key]) ? 'ALTER' : 'CREATE';
      const password = client.escapeLiteral(passwords[key]);
      await client.query(`${verb} ROLE ${ROLES[key]} LOGIN PASSWORD ${password}`);
    }
    const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const databases = new Set(found.rows.map((row) => row.datname));
    const owners = { app: ROLES.owner, temporal: ROLES.temporal, temporalVisibility: ROLES.temporal };
    for (const key of ['app', 'temporal', 'temporalVisibility'] as const) {
      if (databases.has(DATABASES[key])) continue;
      await client.query(`CREATE DATABASE ${DATABASES[key]} OWNER ${owners[key]}`);
    }
  });
}
