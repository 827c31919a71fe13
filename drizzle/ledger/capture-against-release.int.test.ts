import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { anAvatar, DEADLINE_MS, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { readLongRun, reportFigure } from '#tests/support/long-run.ts';
import { record } from './record.ts';
import { release } from './release.ts';

const long = readLongRun('linearizability');
const RACES = long ? 100_000 : 400;
/** Prepared together. */
const RACES_PER_ACCOUNT = 50;
const AT_A_TIME = 8;
const TIMEOUT_MS = long ? 3_600_000 : 120_000;
/** Above any number of races. */
const NO_LIMIT = 1_000_000_000;

const fixture = useDatabase({ poolSize: 2 * AT_A_TIME });

/** Inserts generations that cost one credit each, and holds it. @returns their ids */
async function admitMany({ account, projectId }: Tenant, count: number): Promise<string[]> {
  await fixture.owner.query('UPDATE accounts SET daily_limit = $2, unfinished_limit = $2 WHERE id = $1', [
    account.id,
    NO_LIMIT,
  ]);
  const { rows } = await fixture.owner.query<{ id: string }>(
    `INSERT INTO avatar_generations (id, account_id, project_id, source_type, request, request_hash, price, tier, priority)
     SELECT gen_random_uuid(), $1, $2, 'text_to_image', '{}', repeat('a', 64), 1, 'pro', 2 FROM generate_series(1, $3) RETURNING id`,
    [account.id, projectId, count],
  );
  const ids = rows.map(({ id }) => id);
  await fixture.owner.query('SELECT reserve_generation(id, $2) FROM unnest($1::uuid[]) AS id', [ids, DEADLINE_MS]);
  return ids;
}

type Winner = 'capture' | 'release';

/** @returns who won; undefined unless exactly one did, and the other one was told so */
async function race(accountId: string, generationId: string, first: Winner): Promise<Winner | undefined> {
  const capture = () => record(fixture.database, generationId, anAvatar(accountId));
  const cancel = () => release(fixture.database, { generationId, status: 'cancelled', by: 'user' });
  // Whoever is sent first is ahead by a fraction of a millisecond.
  const early = first === 'capture' ? capture() : undefined;
  const outcomes = await Promise.all([cancel(), early ?? capture()]);
  return (['capture', 'release'] as const).find((winner) => isDeepStrictEqual(outcomes, WON[winner]));
}

/** What the release and the capture return when one of them has won. */
const WON = {
  capture: [
    { kind: 'settled', status: 'completed', creditsReturned: false },
    { kind: 'recorded', replay: false },
  ],
  release: [
    { kind: 'released', creditsReturned: true },
    { kind: 'lost', status: 'cancelled', avatarId: null },
  ],
} as const;

/** Races for all holds of a new account. @returns the number of captures that won */
async function raceForAccount(): Promise<number> {
  const tenant = await newTenant(fixture.database, 'pro');
  const ids = await admitMany(tenant, RACES_PER_ACCOUNT);
  let captures = 0;
  for (const [index, id] of ids.entries()) {
    const winner = await race(tenant.account.id, id, index % 2 === 0 ? 'capture' : 'release');
    if (winner === undefined) throw new Error(`The race for ${id} has not exactly one winner`);
    if (winner === 'capture') captures += 1;
  }
  const balances = { posted: 1_000 - captures, held: 0, unfinished: 0 };
  expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject(balances);
  return captures;
}

describe('a capture and a release of the same hold at the same time', () => {
  it(
    'have exactly one winner, and the other one is told who',
    async () => {
      let [races, captures] = [0, 0];
      while (races < RACES) {
        const won = await Promise.all(Array.from({ length: AT_A_TIME }, raceForAccount));
        races += AT_A_TIME * RACES_PER_ACCOUNT;
        captures += won.reduce((sum, count) => sum + count, 0);
      }
      expect(captures).toBeGreaterThan(0);
      expect(captures).toBeLessThan(races);
      const { rows: violations } = await fixture.owner.query('SELECT violation, id FROM ledger_audit');
      expect(violations).toEqual([]);
      reportFigure(`${races} races: ${captures} captures and ${races - captures} releases won`);
    },
    TIMEOUT_MS,
  );
});
