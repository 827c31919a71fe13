import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheRoot } from '#process/cache-folder.ts';
import { toolDirectory } from '#stack/cache.ts';
import { TEMPORAL_SERVER } from '#stack/tools.ts';
import { startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, PROJECT_DIR, serviceOf, type ComposeProject } from './compose-project.ts';

const run = promisify(execFile);
const SCHEMA_TIMEOUT_MS = 60_000;

describe("the containers' databases", () => {
  let stack: TemporaryStack;
  let compose: ComposeProject;

  beforeAll(async () => {
    [stack, compose] = await Promise.all([startTemporaryStack(), loadComposeProject()]);
    await stack.temporal?.stop();
    // Back to the state in which the image runs init.sql: only a superuser and its database exist.
    await asOwner(
      ...['avatar_studio', 'temporal', 'temporal_visibility'].map((name) => `DROP DATABASE ${name} WITH (FORCE)`),
      ...['avatar_app', 'avatar_api', 'avatar_worker', 'temporal'].map((name) => `DROP ROLE ${name}`),
    );
  }, LOAD_TIMEOUT_MS);
  afterAll(() => stack.stop());

  /** Runs statements on the maintenance database. */
  async function asOwner(...statements: string[]): Promise<void> {
    const url = new URL(stack.databaseOwnerUrl);
    url.pathname = '/postgres';
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  async function versionOf(database: string): Promise<string | undefined> {
    const { host } = new URL(stack.databaseOwnerUrl);
    const password = serviceOf(compose, 'postgres').environment['TEMPORAL_DB_PASSWORD'];
    const client = new Client({ connectionString: `postgres://temporal:${password}@${host}/${database}` });
    await client.connect();
    try {
      const { rows } = await client.query<{ curr_version: string }>('SELECT curr_version FROM schema_version');
      return rows[0]?.curr_version;
    } finally {
      await client.end();
    }
  }

  it('are created by init.sql with the passwords of docker-compose.yml', async () => {
    const script = await readFile(join(PROJECT_DIR, 'ops/postgres/init.sql'), 'utf8');
    await asOwner(...asPsqlReads(script, serviceOf(compose, 'postgres').environment));
    await expect(versionOf('temporal')).rejects.toThrow('relation "schema_version" does not exist');
  });

  /** @param changed variables that differ from docker-compose.yml, in addition to the address */
  function setUpSchema(changed: Readonly<Record<string, string>> = {}): Promise<{ stdout: string }> {
    const { hostname, port } = new URL(stack.databaseOwnerUrl);
    const env = {
      ...serviceOf(compose, 'temporal-schema').environment,
      PATH: `${toolDirectory(cacheRoot(process.env), TEMPORAL_SERVER)}:${process.env['PATH']}`,
      SQL_HOST: hostname,
      SQL_PORT: port,
      ...changed,
    };
    return run('sh', ['ops/temporal/setup-schema.sh'], { cwd: PROJECT_DIR, env });
  }

  it(
    "receive Temporal's schema from setup-schema.sh, which can run repeatedly",
    { timeout: SCHEMA_TIMEOUT_MS },
    async () => {
      const first = await setUpSchema();
      const version = await versionOf('temporal');
      const second = await setUpSchema();

      expect(first.stdout).toContain('temporal: creating the schema');
      expect(version).toMatch(/^1\.\d+$/);
      expect(second.stdout).toBe('temporal: schema is up to date\ntemporal_visibility: schema is up to date\n');
      expect(await versionOf('temporal')).toBe(version);
    },
  );

  it('make setup-schema.sh fail with an authentication error when the password is wrong', async () => {
    await expect(setUpSchema({ SQL_PASSWORD: 'wrong' })).rejects.toThrow('password authentication failed');
  });
});

/** Applies what psql does before it sends a script to the server: `\getenv`, `\set` from a secret and `:'variable'`. */
function asPsqlReads(script: string, env: Readonly<Record<string, string>>): string[] {
  const secret = (file: string) => readFileSync(join(PROJECT_DIR, 'ops/secrets', file), 'utf8').trim();
  const variables = new Map([
    ...[...script.matchAll(/^\\getenv (\w+) (\w+)$/gm)].map(([, name, key]) => [name, env[key ?? '']] as const),
    ...[...script.matchAll(/^\\set (\w+) `cat \/run\/secrets\/([\w-]+)`$/gm)].map(
      ([, name, file]) => [name, secret(file ?? '')] as const,
    ),
  ]);
  return script
    .replaceAll(/^(\\getenv|\\set|--).*$/gm, '')
    .replaceAll(/:'(\w+)'/g, (_whole, name: string) => `'${variables.get(name)}'`)
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
