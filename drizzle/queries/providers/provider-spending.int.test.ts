import { afterEach, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import {
  beginAttempt,
  beginFirstAttempt,
  completeAttempt,
  failAttempt,
  markNotAccepted,
  markSubmitting,
} from '../generations/attempt-steps.ts';
import { readAttempt, storeExternalId } from '../generations/attempts.ts';
import type { NewGeneration } from '../generations/generations.ts';
import { readSpending } from './provider-spending.ts';
import { beginPermittedPurchase, beginPurchase, type Bounds, type PurchaseTerms } from './purchases.ts';

const fixture = useDatabase({ poolSize: 16 });
/** The fixture's attempts cost nothing, so all spending is from these tests. */
afterEach(() => fixture.owner.query('TRUNCATE provider_spending'));

const IMAGE_USD = 0.04;

async function attempt(provider: 'replicate' | 'fal' = 'fal'): Promise<string> {
  const { id } = await admitted(fixture.database, await newTenant(fixture.database));
  const begun = await beginAttempt(fixture.database, { generationId: id, ordinal: 0, provider, model: 'm' });
  if (begun.kind !== 'attempt') throw new Error('no attempt');
  return begun.attempt.id;
}
/** Without the mark `submitting`, as processes of the release before do it. */
async function reserve(id: string, { totalUsd, ownUsd }: Bounds = {}): Promise<boolean> {
  const values = [id, IMAGE_USD, totalUsd ?? null, ownUsd ?? null];
  const text = 'SELECT reserve_provider_budget($1, $2, $3, $4) AS granted';
  return (await fixture.database.call<{ granted: boolean }>('test.reserveBudget', text, values))[0]!.granted;
}
const spent = () => readSpending(fixture.database);
/** All amounts of the day before, ascending. */
async function yesterday(): Promise<number[]> {
  const { rows } = await fixture.owner.query<{ usd: number }>(
    `SELECT usd::float8 AS usd FROM provider_spending WHERE day = (clock_timestamp() AT TIME ZONE 'UTC')::date - 1 ORDER BY usd`,
  );
  return rows.map(({ usd }) => usd);
}
/** Days whose spending differs from the sum of their attempts. */
async function differences() {
  const { rows } = await fixture.owner.query(
    `SELECT s.day FROM provider_spending s WHERE s.usd <> (SELECT coalesce(sum(a.budgeted_usd), 0) FROM provider_attempts a
       WHERE a.budgeted_on = s.day AND s.provider = a.provider AND a.created_at > now() - interval '1 minute' AND a.model = 'm')`,
  );
  return rows;
}

describe('reserve_provider_budget', () => {
  it('never exceeds a budget under concurrent calls, and uses all of it', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, at) => attempt(at % 2 ? 'fal' : 'replicate')));
    const granted = await Promise.all(ids.map((id) => reserve(id, { totalUsd: 0.41, ownUsd: 0.3 })));
    expect(granted.filter(Boolean)).toHaveLength(10);
    const { fal = 0, replicate = 0 } = await spent();
    expect(fal + replicate).toBeCloseTo(10 * IMAGE_USD, 6);
    expect(Math.max(fal, replicate)).toBeLessThanOrEqual(0.3);
    expect(await differences()).toEqual([]);
  });

  it('counts an attempt once, however often it is called', async () => {
    const id = await attempt();
    expect(await Promise.all([reserve(id), reserve(id), reserve(id)])).toEqual([true, true, true]);
    expect(await spent()).toEqual({ fal: IMAGE_USD });
  });

  it('counts an estimate that the cost replaces later', async () => {
    const [id, other] = [await attempt(), await attempt('replicate')];
    await fixture.owner.query(
      `INSERT INTO provider_spending (day, provider, usd) VALUES ((clock_timestamp() AT TIME ZONE 'UTC')::date - 1, 'fal', 1)`,
    );
    await reserve(id);
    await reserve(other);
    await markSubmitting(fixture.database, { id, state: 'created' });
    await storeExternalId(fixture.database, id, `x-${id}`);
    await completeAttempt(fixture.database, id, { stagedObject: 's', credit: null, costUsd: 0.01, latencyMs: 1 });
    expect(await spent()).toEqual({ fal: 0.01, replicate: IMAGE_USD });
    expect(await yesterday()).toEqual([1]);
  });

  it('stops counting calls that the provider certainly did not accept, and keeps counting the others', async () => {
    const [never, refused, lost, known] = await Promise.all([attempt(), attempt(), attempt(), attempt()]);
    for (const id of [never, refused, lost, known]) await reserve(id);
    for (const id of [refused, lost, known]) await markSubmitting(fixture.database, { id, state: 'created' });
    await markNotAccepted(fixture.database, refused);
    await storeExternalId(fixture.database, known, `x-${known}`);
    for (const id of [never, refused]) await failAttempt(fixture.database, id, { kind: 'transient', message: '' });
    expect((await spent()).fal).toBeCloseTo(2 * IMAGE_USD, 6);
    for (const id of [lost, known]) await failAttempt(fixture.database, id, { kind: 'timeout', message: '' });
    expect((await spent()).fal).toBeCloseTo(2 * IMAGE_USD, 6);
  });

  it('replaces the estimate of a call that was answered without a job, and stops counting a cancelled one that was never sent', async () => {
    const [answered, unsent] = [await attempt(), await attempt('replicate')];
    for (const id of [answered, unsent]) await reserve(id);
    await markSubmitting(fixture.database, { id: answered, state: 'created' });
    await completeAttempt(fixture.database, answered, { stagedObject: 's', credit: null, costUsd: 0.01, latencyMs: 1 });
    await failAttempt(fixture.database, unsent, { kind: 'cancelled', message: '' });
    expect(await spent()).toEqual({ fal: 0.01, replicate: 0 });
  });

  it('keeps the estimate of a success without a cost, and what was counted when the attempt ended', async () => {
    const id = await attempt();
    await reserve(id);
    // No statement of the product does either: the trigger must not rely on that.
    const update = (changes: string) =>
      fixture.owner.query(`UPDATE provider_attempts SET ${changes} WHERE id = $1`, [id]);
    await update(`state = 'succeeded', staged_object = 's'`);
    expect(await spent()).toEqual({ fal: IMAGE_USD });
    await update(`state = 'succeeded', cost_usd = 1`);
    expect(await spent()).toEqual({ fal: IMAGE_USD });
  });

  it('decides in the step that marks the attempt as submitting, which changes nothing if another run was first', async () => {
    const [id, tooMuch] = await Promise.all([attempt(), attempt()]);
    const purchase = (attemptId: string, totalUsd?: number) =>
      beginPurchase(fixture.database, {
        attempt: { id: attemptId, state: 'created' },
        costUsd: IMAGE_USD,
        bounds: { totalUsd },
        rate: null,
      });
    const outcomes = await Promise.all([purchase(id), purchase(id), purchase(id)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['submitting', 'taken', 'taken']);
    expect(await purchase(tooMuch, IMAGE_USD)).toEqual({ kind: 'over_budget' });
    expect(await spent()).toEqual({ fal: IMAGE_USD });
  });

  it('changes nothing where the provider is switched off or a circuit is open, and else decides the same', async () => {
    const { owner, database } = fixture;
    const id = await attempt();
    const begin = () =>
      beginPermittedPurchase(database, {
        attempt: { id, state: 'created' },
        costUsd: IMAGE_USD,
        bounds: {},
        rate: null,
      });
    const circuit = (provider: string, model: string, openFor: string | null) =>
      owner.query(
        `INSERT INTO provider_circuits (provider, model, failures, open_until) VALUES ($1, $2, 3, now() + $3::interval)
         ON CONFLICT (provider, model) DO UPDATE SET open_until = excluded.open_until`,
        [provider, model, openFor],
      );
    await owner.query(
      `INSERT INTO provider_switches (provider, enabled, changed_by) SELECT 'fal', false, id FROM accounts LIMIT 1`,
    );
    expect(await begin()).toEqual({ kind: 'switched_off' });
    await owner.query(`UPDATE provider_switches SET provider = 'replicate'`);
    // A half-open circuit needs a probe, as an open one does.
    for (const [model, openFor] of [
      ['', '1 minute'],
      ['m', '-1 minute'],
    ] as const) {
      await circuit('fal', model, openFor);
      expect(await begin()).toEqual({ kind: 'circuit_open' });
      await circuit('fal', model, null);
    }
    expect(await spent()).toEqual({});
    await circuit('fal', 'another', '1 minute');
    await circuit('replicate', 'm', '1 minute');
    expect(await begin()).toEqual({ kind: 'submitting' });
    expect(await begin()).toEqual({ kind: 'taken' });
    expect(await spent()).toEqual({ fal: IMAGE_USD });
    await owner.query('TRUNCATE provider_switches, provider_circuits');
  });

  it('decides the same with a generation’s first attempt, which it inserts in any case', async () => {
    const { owner, database } = fixture;
    const first = async (terms: Partial<PurchaseTerms> = {}, changes: Partial<NewGeneration> = {}) => {
      const { id } = await admitted(database, await newTenant(database), changes);
      const attempted = { generationId: id, provider: 'fal', model: 'm' } as const;
      const begun = await beginFirstAttempt(database, attempted, {
        costUsd: IMAGE_USD,
        bounds: {},
        rate: null,
        ...terms,
      });
      expect(begun!.attempt).toEqual(await readAttempt(database, begun!.attempt.id));
      return [begun!.purchase?.kind, begun!.attempt.state];
    };
    const twoAnHour = { perMinute: 1 / 30, burst: 2, maxWaitMs: 45 * 60_000 };
    expect(await first()).toEqual(['submitting', 'submitting']);
    expect(await first({ costUsd: null })).toEqual(['submitting', 'submitting']);
    expect(await first({ bounds: { totalUsd: 1.5 * IMAGE_USD } })).toEqual(['over_budget', 'created']);
    expect(await first({ bounds: { ownUsd: 1.5 * IMAGE_USD } })).toEqual(['over_budget', 'created']);
    expect(await first({}, { sourceType: 'from_reference' })).toEqual([undefined, 'created']);
    expect(await spent()).toEqual({ fal: IMAGE_USD });
    const limited = [];
    for (let calls = 0; calls < 4; calls += 1) limited.push(await first({ rate: twoAnHour }));
    expect(limited.map(([kind]) => kind)).toEqual(['submitting', 'submitting', 'wait', 'crowded']);
    expect(limited.map(([, state]) => state)).toEqual(['submitting', 'submitting', 'created', 'created']);
    // Whoever waits will call, so the cost counts.
    expect((await spent()).fal).toBeCloseTo(5 * IMAGE_USD, 6);

    await owner.query(
      `INSERT INTO provider_switches (provider, enabled, changed_by) SELECT 'fal', false, id FROM accounts LIMIT 1`,
    );
    expect(await first()).toEqual(['switched_off', 'created']);
    await owner.query('UPDATE provider_switches SET enabled = true');
    for (const [provider, model, kind] of [
      ['fal', '', 'circuit_open'],
      ['fal', 'm', 'circuit_open'],
      ['fal', 'another', 'submitting'],
      ['replicate', 'm', 'submitting'],
    ]) {
      await owner.query(
        `INSERT INTO provider_circuits (provider, model, failures, open_until) VALUES ($1, $2, 3, now() - interval '1 minute')`,
        [provider, model],
      );
      const [outcome] = await first({ costUsd: null });
      expect(outcome, `${provider} ${model}`).toBe(kind);
      await owner.query('TRUNCATE provider_circuits');
    }
    await owner.query('TRUNCATE provider_switches, provider_limits');
  });

  it('never exceeds a budget under concurrent first attempts, and uses all of it', async () => {
    const { database } = fixture;
    const pending = await Promise.all(
      Array.from({ length: 24 }, async () => admitted(database, await newTenant(database))),
    );
    const terms = { costUsd: IMAGE_USD, bounds: { totalUsd: 0.41, ownUsd: 0.3 }, rate: null };
    const begun = await Promise.all(
      pending.map(({ id }, at) =>
        beginFirstAttempt(database, { generationId: id, provider: at % 2 ? 'fal' : 'replicate', model: 'm' }, terms),
      ),
    );
    expect(begun.filter((first) => first?.purchase?.kind === 'submitting')).toHaveLength(10);
    const { fal = 0, replicate = 0 } = await spent();
    expect(fal + replicate).toBeCloseTo(10 * IMAGE_USD, 6);
    expect(Math.max(fal, replicate)).toBeLessThanOrEqual(0.3);
    const { rows } = await fixture.owner.query(
      'SELECT sum(budgeted_usd)::float8 AS usd FROM provider_attempts WHERE generation_id = ANY ($1)',
      [pending.map(({ id }) => id)],
    );
    expect(rows[0].usd).toBeCloseTo(fal + replicate, 6);
  });

  it('compares the total budget with the sum of all providers, whatever the release before has counted for them', async () => {
    await fixture.owner.query(
      `INSERT INTO provider_spending (day, provider, usd) VALUES ((clock_timestamp() AT TIME ZONE 'UTC')::date, 'all', 100)`,
    );
    const ids = [await attempt('fal'), await attempt('replicate'), await attempt('fal')];
    const granted = [];
    for (const id of ids) granted.push(await reserve(id, { totalUsd: 2.5 * IMAGE_USD, ownUsd: 10 }));
    expect(granted).toEqual([true, true, false]);
    expect(await spent()).toEqual({ fal: IMAGE_USD, replicate: IMAGE_USD });
  });

  it('starts again from zero each day', async () => {
    await reserve(await attempt());
    await fixture.owner.query(`UPDATE provider_spending SET day = day - 1`);
    expect(await spent()).toEqual({});
    expect(await reserve(await attempt(), { totalUsd: IMAGE_USD, ownUsd: IMAGE_USD })).toBe(true);
    expect(await yesterday()).toEqual([0, IMAGE_USD]);
  });
});
