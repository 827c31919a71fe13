import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { readFunctions } from './functions.ts';
import { migrate, migrateDown } from './migrate.ts';
import { readMigrations } from './migrations.ts';
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

describe('a database made before the baseline', () => {
  const restoreHistory = async () => {
    // Newer migrations than the baseline came later; a view names columns of theirs.
    await owner.query('DROP VIEW ledger_audit, generation_usage; DROP TRIGGER avatars_announce_marks ON avatars');
    for (const { tag } of (await readMigrations()).slice(1).toReversed())
      await owner.query(await readFile(new URL(`../migrations/${tag}.down.sql`, import.meta.url), 'utf8'));
    const history = await readFile(new URL('replaced-migrations.txt', import.meta.url), 'utf8');
    await owner.query(`DELETE FROM schema_migrations; DROP TABLE schema_functions; ALTER TABLE schema_migrations DROP steps_left;
      ALTER TABLE generation_hours RENAME COLUMN completed TO made;
      ALTER TABLE generation_hours RENAME CONSTRAINT generation_hours_completed_not_null TO generation_hours_made_not_null;
      ALTER TABLE webhook_deliveries RENAME COLUMN attempts TO tries;
      ALTER TABLE webhook_deliveries RENAME CONSTRAINT webhook_deliveries_attempts_not_null TO webhook_deliveries_tries_not_null;
      ALTER INDEX stored_objects_orphaned RENAME TO stored_objects_loose`);
    for (const row of history.trim().split('\n')) {
      await owner.query('INSERT INTO schema_migrations (tag, sha256) VALUES ($1, $2)', row.split(' '));
    }
  };

  it('is adopted with its data when its tables are the same', async () => {
    const before = await readCatalog(owner);
    await owner.query(`INSERT INTO accounts (subject, daily_limit, unfinished_limit) VALUES ('kept', 50, 20)`);
    await restoreHistory();
    const newer = (await readMigrations()).slice(1).map(({ tag }) => tag);
    expect(await migrate(urls.ownerUrl)).toEqual([...newer, ...(await readFunctions()).map(({ name }) => name)]);
    expect(await migrate(urls.ownerUrl)).toEqual([]);
    expect(await readCatalog(owner)).toEqual(before);
    expect((await owner.query(`SELECT FROM accounts WHERE subject = 'kept'`)).rowCount).toBe(1);
  });

  it.each([
    ['changed', `UPDATE schema_migrations SET sha256 = 'other' WHERE tag = '0001_tables'`],
    ['missing', `DELETE FROM schema_migrations WHERE tag = '0036_payment-references'`],
  ])('is refused with instructions when a migration of it is %s', async (_, change) => {
    await restoreHistory();
    await owner.query(change);
    await expect(migrate(urls.ownerUrl)).rejects.toThrow('delete the folder .data');
    await expect(migrateDown(urls.ownerUrl)).rejects.toThrow('delete the folder .data');
    await owner.query('DROP TABLE schema_migrations; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await migrate(urls.ownerUrl);
  });
});
