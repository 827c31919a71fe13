import { afterEach, expect, it, vi } from 'vitest';
import { createChoiceInputs } from '#drizzle/stores/choice-inputs.ts';
import { captureStatements } from '#tests/lists/capture-statements.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import { readSwitches, setNewGenerations, setProvider } from '../admin/feature-switches.ts';
import { readChoiceInputs } from './choice-inputs.ts';

const fixture = useDatabase();
const MINUTE_MS = 60_000;
afterEach(() => void vi.restoreAllMocks());

/** Inserts attempts of one model that started `agoMs` ago: a latency for a success, a kind for a failure. */
async function attempts(model: string, agoMs: number, kinds: readonly (number | string)[]): Promise<void> {
  const { id } = await admitted(fixture.database, await newTenant(fixture.database));
  for (const [ordinal, kind] of kinds.entries()) {
    const succeeded = typeof kind === 'number';
    await fixture.owner.query(
      `INSERT INTO provider_attempts (id, generation_id, ordinal, provider, model, state, staged_object, latency_ms, failure_kind)
       VALUES (uuidv7($1 * interval '-1 millisecond'), $2, $3, 'fal', $4, $5, $6, $7, $8)`,
      [
        agoMs,
        id,
        ordinal,
        model,
        succeeded ? 'succeeded' : 'failed',
        succeeded ? 's' : null,
        ...(succeeded ? [kind, null] : [null, kind]),
      ],
    );
  }
}

it('readChoiceInputs > counts each model’s recent attempts, and only failures that are its own fault', async () => {
  await attempts('m', MINUTE_MS, [1_000, 3_000, 2_000, 'transient', 'timeout', 'moderated', 'circuit_open']);
  await attempts('m', 20 * MINUTE_MS, [60_000, 'auth']);
  await attempts('n', MINUTE_MS, ['corrupt_output']);
  expect((await readChoiceInputs(fixture.database, 15 * MINUTE_MS)).records).toEqual([
    { provider: 'fal', model: 'm', succeeded: 3, failed: 2, medianMs: 2_000 },
    { provider: 'fal', model: 'n', succeeded: 0, failed: 1, medianMs: null },
  ]);
});

it('readChoiceInputs > finds recent attempts by the primary key', async () => {
  const { id } = await admitted(fixture.database, await newTenant(fixture.database));
  await fixture.owner.query('ALTER TABLE provider_attempts DROP CONSTRAINT provider_attempts_ordinal_key');
  await fixture.owner.query(
    `INSERT INTO provider_attempts (id, generation_id, ordinal, provider, model, state, failure_kind)
     SELECT uuidv7((50000 - n) * interval '-1 minute'), $1, 1, 'fal', 'm', 'failed', 'transient' FROM generate_series(1, 49000) n`,
    [id],
  );
  await fixture.owner.query('ANALYZE provider_attempts');
  const { rows } = await fixture.owner.query(
    `EXPLAIN SELECT provider, model, count(*) FROM provider_attempts WHERE id > (SELECT uuidv7(interval '-15 minutes')) GROUP BY provider, model`,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan using provider_attempts_pkey/);
});

it('readChoiceInputs > reads the switches, the open circuits, and today’s spending, and no records that nobody asked for', async () => {
  const { database, owner } = fixture;
  expect(await readChoiceInputs(database, null)).toEqual({
    switches: await readSwitches(database),
    openCircuits: [],
    spending: {},
    records: null,
  });
  const by = (await newTenant(database)).account.id;
  await setNewGenerations(database, { paused: true, by });
  await setProvider(database, { name: 'fal', enabled: false, by });
  const until = new Date(Date.now() + MINUTE_MS);
  await owner.query(
    `INSERT INTO provider_circuits (provider, model, open_until)
     VALUES ('fal', '', $1), ('replicate', 'm', $1), ('replicate', 'n', now() - interval '1 second'), ('replicate', 'o', NULL)`,
    [until],
  );
  await owner.query(
    `INSERT INTO provider_spending (provider, day, usd) SELECT p, (clock_timestamp() AT TIME ZONE 'UTC')::date + days, 0.25
     FROM (VALUES ('fal', 0), ('all', 0), ('replicate', -1)) AS t (p, days)`,
  );
  const { switches, openCircuits, ...rest } = await readChoiceInputs(database, null);
  expect(switches).toEqual(await readSwitches(database));
  expect(switches.newGenerations.paused).toBe(true);
  expect(switches.providers.filter(({ enabled }) => !enabled).map(({ name }) => name)).toEqual(['fal']);
  expect(openCircuits).toHaveLength(2);
  expect(openCircuits).toEqual(
    expect.arrayContaining([
      { provider: 'fal', model: null, until },
      { provider: 'replicate', model: 'm', until },
    ]),
  );
  expect(rest).toEqual({ spending: { fal: 0.25 }, records: null });
});

it('createChoiceInputs > sends one statement for all of half a second, and reads records every five seconds', async () => {
  let nowMs = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const { featureSwitches, readProviderHealth } = createChoiceInputs(fixture.database);
  const windows = async (afterMs: number) => {
    nowMs += afterMs;
    const sent = await captureStatements(async () => {
      await Promise.all([featureSwitches.newGenerationsPaused(), readProviderHealth()]);
      await featureSwitches.switchedOn(['fal']);
    });
    return sent.map(({ values }) => values[0]);
  };
  expect(await windows(0)).toEqual([15 * MINUTE_MS]);
  expect(await windows(499)).toEqual([]);
  const { records } = await readProviderHealth();
  expect(await windows(1)).toEqual([null]);
  expect((await readProviderHealth()).records).toEqual(records);
  expect(await windows(3_999)).toEqual([null]);
  expect(await windows(500)).toEqual([15 * MINUTE_MS]);
});
