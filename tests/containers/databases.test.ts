import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { Client, type QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheRoot } from '#process/cache-folder.ts';
import { toolDirectory } from '#stack/cache.ts';
import { withClient } from '#stack/postgres/databases.ts';
import { TEMPORAL_SERVER } from '#stack/tools.ts';
import { SEARCH_ATTRIBUTES } from '#temporal/client/search-attributes.ts';
import { startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, PROJECT_DIR, serviceOf, type ComposeProject } from './compose-project.ts';

const run = promisify(execFile);
const SCHEMA_TIMEOUT_MS = 60_000;
const INDEXES =
  "SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = 'executions_visibility'";

interface Index {
  readonly name: string;
  readonly definition: string;
}

describe("the containers' databases", () => {
  let stack: TemporaryStack;
  let compose: ComposeProject;
  /** Columns of the visibility table by the search attribute that they store, and the table's indexes, as `npm start` has them. */
  let embedded: { readonly columnOf: Readonly<Record<string, string>>; readonly indexes: readonly Index[] };

  beforeAll(async () => {
    [stack, compose] = await Promise.all([startTemporaryStack(), loadComposeProject()]);
    embedded = { columnOf: await attributeColumns(), indexes: await embeddedIndexes() };
    await stack.temporal?.stop();
    // Back to the state in which the image runs init.sql: only a superuser and its database exist.
    await asOwner(
      ...['avatar_studio', 'temporal', 'temporal_visibility'].map((name) => `DROP DATABASE ${name} WITH (FORCE)`),
      ...['avatar_app', 'avatar_api', 'avatar_worker', 'temporal'].map((name) => `DROP ROLE ${name}`),
    );
  }, LOAD_TIMEOUT_MS);
  afterAll(() => stack.stop());

  async function attributeColumns(): Promise<Record<string, string>> {
    const connection = await Connection.connect({ address: stack.temporalAddress });
    try {
      const { temporalNamespace: namespace } = stack;
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      const aliases = Object.entries(config?.customSearchAttributeAliases ?? {});
      return Object.fromEntries(aliases.map(([column, name]) => [name, column]));
    } finally {
      await connection.close();
    }
  }

  async function embeddedIndexes(): Promise<Index[]> {
    const url = new URL(stack.databaseOwnerUrl);
    url.pathname = '/temporal_visibility';
    return withClient(url.href, async (client) => (await client.query<Index>(INDEXES)).rows);
  }

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

  async function asTemporal<Row extends QueryResultRow>(database: string, text: string): Promise<Row[]> {
    const { host } = new URL(stack.databaseOwnerUrl);
    const password = serviceOf(compose, 'postgres').environment['TEMPORAL_DB_PASSWORD'];
    const client = new Client({ connectionString: `postgres://temporal:${password}@${host}/${database}` });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  const versionOf = async (database: string) =>
    (await asTemporal<{ curr_version: string }>(database, 'SELECT curr_version FROM schema_version'))[0]?.curr_version;

  const byName = (indexes: readonly Index[]) => indexes.toSorted((a, b) => a.name.localeCompare(b.name));

  it('have an index for each search attribute, and none for columns without one, in the embedded stack', () => {
    const names = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
    expect(Object.keys(embedded.columnOf).toSorted()).toEqual(names.toSorted());
    const indexOf = (column: string) => `by_${column.toLowerCase().replace(/(\d\d)$/, '_$1')}`;
    const indexed = embedded.indexes.map(({ name }) => name);
    expect(indexed).toEqual(expect.arrayContaining(Object.values(embedded.columnOf).map(indexOf)));
    expect(indexed).toEqual(expect.arrayContaining(['default_idx', 'by_workflow_id', 'by_status', 'by_task_queue']));
    const reserved = /^by_(temporal_)?(bool|datetime|double|int|text)_\d\d$/;
    expect(indexed.filter((name) => reserved.test(name))).toEqual([]);
  });

  it('index rows without a value only where each row has one', () => {
    const whole = embedded.indexes.filter(({ definition }) => !definition.endsWith(' IS NOT NULL)'));
    expect(whole.map(({ name }) => name).toSorted()).toEqual(
      [
        'by_root_workflow_id',
        'by_status',
        'by_task_queue',
        'by_workflow_id',
        'by_workflow_type',
        'default_idx',
        'executions_visibility_pkey',
      ].toSorted(),
    );
    const others = embedded.indexes
      .map(({ name }) => name)
      .filter((name) => /^by_(parent|build|temporal_change)/.test(name));
    expect(others).toHaveLength(4);
  });

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
      VISIBILITY_INDEXES: 'ops/temporal/visibility-indexes.sql',
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
      expect(second.stdout.trim().split('\n')).toEqual([
        'temporal: schema is up to date',
        'temporal_visibility: schema is up to date',
        'temporal_visibility: indexes are adjusted',
      ]);
      expect(await versionOf('temporal')).toBe(version);
      expect(byName(await asTemporal<Index>('temporal_visibility', INDEXES))).toEqual(byName(embedded.indexes));
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
