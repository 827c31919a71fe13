import { Client } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../stack.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { audit } from '#drizzle/ledger/audit.ts';

/** A test file's database; ready when its first test runs. */
export interface Fixture {
  /** With the role that may do what API and worker may. */
  readonly database: Database;
  /** A superuser's connection, for what the application may not do. */
  readonly owner: Client;
  readonly urls: TestDatabase;
}

/** Creates a migrated database for the calling test file. After its tests, the ledger audit must find no violation. */
export function useDatabase({ poolSize = 4 }: { readonly poolSize?: number } = {}): Fixture {
  let fixture: Fixture | undefined;
  const current = () => {
    if (fixture === undefined) throw new Error('The database exists only while tests run');
    return fixture;
  };
  beforeAll(async () => {
    const urls = await createTestDatabase();
    const owner = new Client({ connectionString: urls.ownerUrl });
    await owner.connect();
    fixture = { database: createDatabase({ url: urls.url, applicationName: 'test', poolSize }), owner, urls };
  });
  afterAll(async () => {
    const { database, owner, urls } = current();
    const violations = await audit(database);
    await database.close();
    await owner.end();
    await urls.drop();
    expect(violations).toEqual([]);
  });
  return {
    get database() {
      return current().database;
    },
    get owner() {
      return current().owner;
    },
    get urls() {
      return current().urls;
    },
  };
}
