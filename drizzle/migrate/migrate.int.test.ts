import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { until } from '#tests/support/until.ts';
import { sortByDependencies, readFunctions, type FunctionFile } from './functions.ts';
import { migrate, migrateDown } from './migrate.ts';
import { parseMigration, readMigrations, sha256 } from './migrations.ts';
import { readCatalog } from '#tests/support/database/catalog.ts';

/** Each migration is reverted twice. */
const EACH_TIMEOUT_MS = 240_000;
const DROP_MOOD = 'ALTER TABLE avatars DROP COLUMN mood';

let urls: TestDatabase;
let owner: Client;
beforeAll(async () => {
  urls = await createTestDatabase();
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await urls.drop();
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: urls.ownerUrl });
  await client.connect();
  return client;
}

describe('migrations', () => {
  it('produce the same schema after up, down and up again', async () => {
    const before = await readCatalog(owner);
    const tags = (await readMigrations()).map(({ tag }) => tag);
    expect(await migrateDown(urls.ownerUrl)).toEqual(tags.toReversed());
    const empty = await readCatalog(owner);
    expect(empty.filter((definition) => !definition.startsWith('schema public'))).toEqual([]);
    const functions = (await readFunctions()).map(({ name }) => name);
    expect(await migrate(urls.ownerUrl)).toEqual([...tags, ...functions]);
    expect(await readCatalog(owner)).toEqual(before);
    expect(before.length).toBeGreaterThan(300);
  });

  it('can each be reverted and applied again', { timeout: EACH_TIMEOUT_MS }, async () => {
    const before = await readCatalog(owner);
    const tags = (await readMigrations()).map(({ tag }) => tag);
    const migrations = await readMigrations();
    // The newest first, and each once more, so that no step repeats what another one does. The baseline stays.
    for (const [index, tag] of [...tags.entries()].slice(1).toReversed()) {
      const known = { migrations: migrations.slice(0, index + 1), functions: [] };
      const revert = () => migrateDown(urls.ownerUrl, tags[index - 1], index === tags.length - 1 ? {} : known);
      const earlier = await revert().then(() => readCatalog(owner));
      expect(await migrate(urls.ownerUrl, known)).toEqual([tag]);
      expect(await revert()).toEqual([tag]);
      expect(await readCatalog(owner)).toEqual(earlier);
    }
    expect((await migrate(urls.ownerUrl)).slice(0, tags.length - 1)).toEqual(tags.slice(1));
    expect(await readCatalog(owner)).toEqual(before);
  });

  it('run once when several processes start at the same time', async () => {
    await migrateDown(urls.ownerUrl);
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(urls.ownerUrl)));
    const all = (await readMigrations()).length + (await readFunctions()).length;
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 0, 0, all]);
  });

  it('refuse to continue when an applied migration has changed', async () => {
    const [baseline] = await readMigrations();
    const changed = parseMigration(baseline!.tag, 'SELECT 1', baseline!.down);
    const run = migrate(urls.ownerUrl, { migrations: [changed] });
    await expect(run).rejects.toThrow('0000_baseline was applied in another form');
  });

  it('reject an unknown target migration', async () => {
    await expect(migrateDown(urls.ownerUrl, '9999_future')).rejects.toThrow('There is no migration 9999_future');
  });

  it('let statements pass every two seconds while a long read delays them', async () => {
    const reader = await connect();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM avatars');
    const log: string[] = [];
    const before = await readMigrations();
    const migrations = [...before, parseMigration('0001_mood', 'ALTER TABLE avatars ADD COLUMN mood text', DROP_MOOD)];
    const ended = new AbortController();
    const migrated = migrate(urls.ownerUrl, { migrations, log: (message) => log.push(message) }).finally(() => {
      ended.abort();
    });
    const traffic = [0, 1, 2].map(async () => {
      const client = await connect();
      await client.query('SET statement_timeout = 2500');
      while (!ended.signal.aborted) {
        await client.query('SELECT count(*) FROM avatars');
        await sleep(20);
      }
      await client.end();
    });
    await until(() => log.length >= 3);
    await reader.query('COMMIT');
    await reader.end();
    expect(await migrated).toEqual(['0001_mood']);
    await Promise.all(traffic);
    expect(log[0]).toBe('0001_mood: a table is locked; the next attempt is in 0.5 s');
    await migrateDown(urls.ownerUrl, before.at(-1)!.tag, { migrations });
    await migrate(urls.ownerUrl);
  }, 60_000);

  it('continue an interrupted migration with its unfinished step and batch', async () => {
    const up = `CREATE TABLE moods (id int PRIMARY KEY, changes int NOT NULL DEFAULT 0);
--> statement-breakpoint
INSERT INTO moods SELECT generate_series(1, 100);
--> statement-breakpoint
-- batches
UPDATE moods SET changes = changes + 1 WHERE id IN (SELECT id FROM moods WHERE changes = 0 ORDER BY id LIMIT 15) AND continues(id);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS moods_changes ON moods (changes);`;
    const before = await readMigrations();
    const migrations = [...before, parseMigration('0001_moods', up, 'DROP TABLE moods')];
    const defineContinues = (body: string) =>
      owner.query(
        `CREATE OR REPLACE FUNCTION continues(id int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN ${body} END $$`,
      );
    await defineContinues(`IF id > 50 THEN RAISE EXCEPTION 'interrupted'; END IF; RETURN true;`);
    await expect(migrate(urls.ownerUrl, { migrations })).rejects.toThrow('interrupted');
    await defineContinues('RETURN true;');
    const changes = async () =>
      (await owner.query<{ changes: number }>('SELECT changes FROM moods ORDER BY id')).rows.map((row) => row.changes);
    expect(await changes()).toEqual([...Array<number>(45).fill(1), ...Array<number>(55).fill(0)]);

    // The next interruption leaves an invalid index.
    await owner.query(`CREATE INDEX moods_changes ON moods (changes);
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'moods_changes'::regclass`);
    expect(await migrate(urls.ownerUrl, { migrations })).toEqual(['0001_moods']);
    expect(await changes()).toEqual(Array<number>(100).fill(1));
    const { rows } = await owner.query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'moods_changes'::regclass`);
    expect(rows).toEqual([{ indisvalid: true }]);
    await owner.query('DROP FUNCTION continues');
    await migrateDown(urls.ownerUrl, before.at(-1)!.tag, { migrations });
    await migrate(urls.ownerUrl);
  });
});

describe('functions', () => {
  const file = (name: string, sql: string): FunctionFile => ({ name, sql, sha256: sha256(sql) });
  const mood = (text: string) =>
    file('mood', `CREATE OR REPLACE FUNCTION mood() RETURNS text LANGUAGE sql AS $$ ${text} $$`);
  const apply = (...functions: FunctionFile[]) => {
    const log: string[] = [];
    return migrate(urls.ownerUrl, { functions, log: (message) => log.push(message) }).then((applied) => ({
      applied,
      log,
    }));
  };
  const current = async () => (await owner.query<{ mood: string }>('SELECT mood()')).rows[0]!.mood;
  afterAll(() => owner.query(`DROP FUNCTION IF EXISTS mood(); DELETE FROM schema_functions WHERE name = 'mood'`));

  it('are applied when their file changes, and only then', async () => {
    expect((await apply(mood(`SELECT 'calm'`))).applied).toEqual(['mood']);
    expect((await apply(mood(`SELECT 'calm'`))).applied).toEqual([]);
    expect((await apply(mood(`SELECT 'glad'`))).applied).toEqual(['mood']);
    expect(await current()).toBe('glad');
  });

  it('are not replaced by an earlier text, which a process of the earlier release would bring', async () => {
    const { applied, log } = await apply(mood(`SELECT 'calm'`));
    expect(applied).toEqual([]);
    expect(log).toEqual([expect.stringContaining('Function mood is newer in the database')]);
    expect(await current()).toBe('glad');
  });

  it('keep their signature and result', async () => {
    const wider = file('mood', 'CREATE FUNCTION mood(p int) RETURNS text LANGUAGE sql AS $$ SELECT null $$');
    await expect(apply(wider)).rejects.toThrow('mood.sql changes the signature');
    const other = file('mood', 'CREATE OR REPLACE FUNCTION mood() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$');
    await expect(apply(other)).rejects.toThrow('cannot change return type');
    expect(await current()).toBe('glad');
  });

  it('each follow those that they use, and must not use each other', () => {
    const [a, b, c] = [file('a', 'SELECT b()'), file('b', 'SELECT c()'), file('c', '-- of a\nSELECT 1')];
    expect(sortByDependencies([a, b, c]).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(() => sortByDependencies([a, file('b', 'SELECT a()')])).toThrow('a -> b -> a');
  });

  it('define exactly what their file is named after, once', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT proname AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proname <> 'mood'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public'`,
    );
    const files = (await readFunctions()).map(({ name }) => name);
    expect(files.sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});

describe('the Drizzle schema', () => {
  it('matches the newest migration: nothing is left to generate', async () => {
    const meta = new URL('../migrations/meta/', import.meta.url);
    const [snapshotFile, ...earlier] = (await readdir(meta)).filter((name) => name.endsWith('_snapshot.json')).sort();
    // Delete the earlier ones: drizzle-kit compares with the newest only.
    expect(earlier).toEqual([]);
    const snapshot = JSON.parse(await readFile(new URL(snapshotFile!, meta), 'utf8')) as { id: string };
    const current = generateDrizzleJson(await schemaExports(), snapshot.id);
    expect(await generateMigration(snapshot as typeof current, current)).toEqual([]);
  });

  it('names every column, constraint and index as the database does', async () => {
    const tables = Object.values(await schemaExports()).filter((value): value is PgTable => is(value, PgTable));
    expect(tables.length).toBeGreaterThan(12);
    for (const table of tables) {
      const { name, columns, checks, indexes, foreignKeys, uniqueConstraints, primaryKeys } = getTableConfig(table);
      const found = await describeTable(name);
      expect(columns.map((column) => `${column.name} ${column.getSQLType()} ${column.notNull}`).sort()).toEqual(
        found.columns,
      );
      const named = [
        ...checks.map((check) => check.name),
        ...foreignKeys.map((key) => key.getName()),
        ...primaryKeys.map((key) => key.getName()),
        ...uniqueConstraints.map((unique) => unique.getName() ?? ''),
        ...columns.filter((column) => column.isUnique).map((column) => column.uniqueName ?? ''),
        ...indexes.map((index) => index.config.name ?? ''),
        ...(columns.some((column) => column.primary) ? [`${name}_pkey`] : []),
        ...(BY_HAND[name] ?? []),
      ];
      expect([...new Set(named)].sort()).toEqual(found.named);
    }
  });
});

/** Constraints that Drizzle can't express and a migration adds by hand. */
const BY_HAND: Readonly<Record<string, string[]>> = { avatar_generations: ['avatar_generations_project'] };

async function schemaExports(): Promise<Record<string, unknown>> {
  const folder = new URL('../schema/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href)));
  return Object.assign({}, ...modules) as Record<string, unknown>;
}

async function describeTable(name: string): Promise<{ columns: string[]; named: string[] }> {
  const columns = await owner.query<{ definition: string }>(
    `SELECT a.attname || ' ' || replace(replace(format_type(a.atttypid, a.atttypmod), 'timestamp(3) with', 'timestamp (3) with'), 'numeric(12,6)', 'numeric(12, 6)')
       || ' ' || a.attnotnull AS definition
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1`,
    [name],
  );
  const named = await owner.query<{ name: string }>(
    `SELECT conname::text AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype <> 'n'
     UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = $1::regclass`,
    [name],
  );
  return {
    columns: columns.rows.map(({ definition }) => definition).sort(),
    named: named.rows.map((row) => row.name).sort(),
  };
}
