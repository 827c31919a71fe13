import { readdir, readFile } from 'node:fs/promises';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { readMigrations } from './journal.ts';
import { migrate, migrateDown } from './migrate.ts';
import { readCatalog } from '#tests/support/database/catalog.ts';

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

describe('migrations', () => {
  it('produce the same schema after up, down and up again', async () => {
    const before = await readCatalog(owner);
    const tags = (await readMigrations()).map(({ tag }) => tag);
    expect(await migrateDown(urls.ownerUrl)).toEqual(tags.toReversed());
    const empty = await readCatalog(owner);
    expect(empty.filter((definition) => !definition.startsWith('schema public'))).toEqual([]);
    expect(await migrate(urls.ownerUrl)).toEqual(tags);
    expect(await readCatalog(owner)).toEqual(before);
    expect(before.length).toBeGreaterThan(300);
  });

  it('can each be reverted and applied again', async () => {
    const before = await readCatalog(owner);
    const tags = (await readMigrations()).map(({ tag }) => tag);
    for (const [index, tag] of tags.entries()) {
      const undone = await migrateDown(urls.ownerUrl, tag);
      expect(undone).toEqual(tags.slice(index + 1).toReversed());
      expect(await migrate(urls.ownerUrl)).toEqual(tags.slice(index + 1));
    }
    expect(await readCatalog(owner)).toEqual(before);
  });

  it('keep top-ups with the same reference from before references were unique, and pay none of them out again', async () => {
    await migrateDown(urls.ownerUrl, '0035_account-defaults');
    const open = `INSERT INTO accounts (subject, daily_limit, unfinished_limit) VALUES (gen_random_uuid()::text, 50, 20) RETURNING id`;
    const accounts: string[] = [];
    for (let n = 0; n < 3; n += 1) accounts.push((await owner.query<{ id: string }>(open)).rows[0]!.id);
    const [first, second, third] = accounts;
    const pay = async (accountId: string | undefined, reference: string) => {
      const paid = 'SELECT outcome FROM topup_account($1, 5, $2)';
      return (await owner.query<{ outcome: string }>(paid, [accountId, reference])).rows[0]!.outcome;
    };
    for (const id of [first, second]) expect(await pay(id, 'twice')).toBe('posted');
    await migrate(urls.ownerUrl);
    expect([await pay(first, 'twice'), await pay(second, 'twice')]).toEqual(['replayed', 'replayed']);
    expect([await pay(third, 'twice'), await pay(third, 'once')]).toEqual(['conflict', 'posted']);
    const { rows } = await owner.query<{ posted: string }>(
      'SELECT posted FROM accounts ORDER BY created_at, posted DESC',
    );
    expect(rows.map(({ posted }) => Number(posted))).toEqual([5, 5, 5]);
    const changed = owner.query("UPDATE credit_transfers SET payment_key = 'x'");
    await expect(changed).rejects.toThrow('append-only');
  });

  it('run once when several processes start at the same time', async () => {
    await migrateDown(urls.ownerUrl);
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(urls.ownerUrl)));
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 0, 0, (await readMigrations()).length]);
  });

  it('refuse to continue when an applied migration has changed', async () => {
    await owner.query(`UPDATE schema_migrations SET sha256 = 'other' WHERE tag = '0001_tables'`);
    await expect(migrate(urls.ownerUrl)).rejects.toThrow('0001_tables was applied in another form');
    await owner.query(`DELETE FROM schema_migrations WHERE tag = '0001_tables'`);
    await expect(migrate(urls.ownerUrl)).rejects.toThrow('already exists');
    const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM schema_migrations');
    expect(rows[0]!.n).toBe((await readMigrations()).length - 1);
    await owner.query('DROP TABLE schema_migrations');
    await owner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await migrate(urls.ownerUrl);
  });

  it('reject an unknown target migration', async () => {
    await expect(migrateDown(urls.ownerUrl, '9999_future')).rejects.toThrow('There is no migration 9999_future');
  });
});

describe('the Drizzle schema', () => {
  it('matches the newest migration: nothing is left to generate', async () => {
    const meta = new URL('migrations/meta/', import.meta.url);
    const newest = (await readdir(meta))
      .filter((name) => name.endsWith('_snapshot.json'))
      .sort()
      .at(-1)!;
    const snapshot = JSON.parse(await readFile(new URL(newest, meta), 'utf8')) as { id: string };
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
  const folder = new URL('schema/', import.meta.url);
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
