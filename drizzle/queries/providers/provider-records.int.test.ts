import { expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import { readRecords } from './provider-records.ts';

const fixture = useDatabase();
const MINUTE_MS = 60_000;

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

it('readRecords > counts each model’s recent attempts, and only failures that are its own fault', async () => {
  await attempts('m', MINUTE_MS, [1_000, 3_000, 2_000, 'transient', 'timeout', 'moderated', 'circuit_open']);
  await attempts('m', 20 * MINUTE_MS, [60_000, 'auth']);
  await attempts('n', MINUTE_MS, ['corrupt_output']);
  expect(await readRecords(fixture.database, 15 * MINUTE_MS)).toEqual([
    { provider: 'fal', model: 'm', succeeded: 3, failed: 2, medianMs: 2_000 },
    { provider: 'fal', model: 'n', succeeded: 0, failed: 1, medianMs: null },
  ]);
});

it('readRecords > finds recent attempts by the primary key', async () => {
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
