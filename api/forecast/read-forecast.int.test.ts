import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { asOwner } from '#tests/support/as-owner.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { readForecast } from './read-forecast.ts';

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

it('the forecast and the recommended workers follow from the roll-ups of all accounts, in the API’s role', async () => {
  const quiet = await readForecast(database);
  expect(quiet).toMatchObject({ recommendedWorkers: 2, hours: { length: 24 } });
  expect(quiet.hours.every(({ generations }) => generations === 0)).toBe(true);
  // Of two accounts, completed and failed: 24,000 an hour together.
  await asOwner(test.ownerUrl, (owner) =>
    owner.query(
      `INSERT INTO generation_hours (account_id, hour, completed, failed)
       SELECT account, date_trunc('hour', now(), 'UTC') - hours * interval '1 hour', 11000, 1000
       FROM generate_series(1, 700) AS hours, (SELECT gen_random_uuid() AS account FROM generate_series(1, 2)) AS accounts`,
    ),
  );
  const busy = await readForecast(database);
  expect(busy.recommendedWorkers).toBe(9);
  expect(busy.hours.map(({ generations }) => generations)).toEqual(Array.from({ length: 24 }, () => 24_000));
  expect(busy.hours[1]!.at.getTime() - busy.hours[0]!.at.getTime()).toBe(3_600_000);
});
