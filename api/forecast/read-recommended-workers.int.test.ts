import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { asOwner } from '#tests/support/as-owner.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { readRecommendedWorkers } from './read-recommended-workers.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = createDatabase({ url: test.apiUrl, poolSize: 2, applicationName: 'test-forecast' });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('the recommended workers follow from the roll-ups of all accounts, in the API’s role', async () => {
  expect(await readRecommendedWorkers(database)).toBe(2);
  // Of two accounts, completed and failed: 24,000 an hour together.
  await asOwner(test.ownerUrl, (owner) =>
    owner.query(
      `INSERT INTO generation_hours (account_id, hour, completed, failed)
       SELECT account, date_trunc('hour', now(), 'UTC') - hours * interval '1 hour', 11000, 1000
       FROM generate_series(1, 700) AS hours, (SELECT gen_random_uuid() AS account FROM generate_series(1, 2)) AS accounts`,
    ),
  );
  expect(await readRecommendedWorkers(database)).toBe(9);
});
