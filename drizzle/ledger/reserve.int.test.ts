import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openAccount, readAccount } from '../queries/accounts/accounts.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { markRefused } from '../queries/generations/generation-progress.ts';
import { until } from '#tests/support/until.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';
import { release } from './release.ts';
import { admitRequest, reserve } from './reserve.ts';
import { UnknownInLedger } from './step.ts';
import { topup } from './topup.ts';

const fixture = useDatabase();

const reserveOne = (generationId: string) => reserve(fixture.database, { generationId, deadlineMs: DEADLINE_MS });

/** Holds a generation's credits in a transaction that stays open. */
async function holdUncommitted(generationId: string) {
  const { owner, database } = fixture;
  await owner.query('BEGIN');
  await owner.query('SELECT reserve_generation($1, $2)', [generationId, DEADLINE_MS]);
  const { rows } = await owner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const blocked = 'SELECT FROM pg_locks WHERE NOT granted AND $1::int = ANY (pg_blocking_pids(pid))';
  return {
    /** How many sessions wait for this transaction. */
    blocked: async () => (await database.call('test.blocked', blocked, [rows[0]!.pid])).length,
    commit: () => owner.query('COMMIT'),
  };
}

describe('reserve', () => {
  it('holds the price and makes the generation pending with a deadline', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant);
    const { outcome, pending } = await admitRequest(fixture.database, {
      generationId: id,
      deadlineMs: () => DEADLINE_MS,
    });
    expect(outcome).toEqual({ kind: 'admitted', replay: false });
    const account = await readAccount(fixture.database, tenant.account.id);
    expect(account).toMatchObject({ posted: 100, held: 10, available: 90, unfinished: 1, dailyUsed: 1 });
    const generation = await readGeneration(fixture.database, id);
    expect(generation).toMatchObject({ status: 'pending', stage: 'queued', version: 2 });
    expect(generation!.deadlineAt!.getTime() - generation!.pendingAt!.getTime()).toBe(DEADLINE_MS);
    expect(generation!.updatedAt).toEqual(generation!.pendingAt);
    expect(pending).toEqual({
      version: 2,
      pendingAt: generation!.pendingAt!.toISOString(),
      deadlineAt: generation!.deadlineAt!.toISOString(),
    });
    const again = await admitRequest(fixture.database, { generationId: id, deadlineMs: () => DEADLINE_MS });
    expect([again.outcome, again.pending]).toEqual([{ kind: 'admitted', replay: true }, null]);
  });

  it('returns the same outcome again without holding twice', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    expect(await reserveOne(id)).toEqual({ kind: 'admitted', replay: true });
    expect((await readAccount(fixture.database, tenant.account.id))!.held).toBe(10);
  });

  it('counts the deadline anew when it is repeated after an outage, and leaves it alone within a minute', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const before = await readGeneration(fixture.database, id);
    await reserveOne(id);
    expect(await readGeneration(fixture.database, id)).toEqual(before);
    const setBack = "UPDATE avatar_generations SET deadline_at = now() - interval '20 minutes' WHERE id = $1";
    await fixture.owner.query(setBack, [id]);
    expect(await reserveOne(id)).toEqual({ kind: 'admitted', replay: true });
    const { deadlineAt } = (await readGeneration(fixture.database, id))!;
    expect(deadlineAt!.getTime()).toBeGreaterThan(before!.deadlineAt!.getTime() - 60_000);
  });

  it('refuses a price above the balance and leaves the generation unchanged', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant, { price: 101 });
    expect(await reserveOne(id)).toEqual({ kind: 'refused', refusal: 'insufficient_credits' });
    expect(await readGeneration(fixture.database, id)).toMatchObject({ status: 'requested', version: 1 });
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({
      held: 0,
      unfinished: 0,
      dailyUsed: 0,
    });
  });

  it('answers how a generation ended that was cancelled while its hold waited for the account', async () => {
    const tenant = await newTenant(fixture.database);
    const [other, { id }] = [
      await requested(fixture.database, tenant, { price: 95 }),
      await requested(fixture.database, tenant),
    ];
    // Postgres evaluates the CHECK of the balance before it waits for the row, and again after. So it must be another hold that
    // takes the credits when it commits: if they were gone before, or the row only locked, this one would be refused at once or pass.
    const blocking = await holdUncommitted(other.id);
    const waiting = reserveOne(id);
    await until(async () => (await blocking.blocked()) === 1);
    await release(fixture.database, { generationId: id, status: 'cancelled', by: 'user' });
    await blocking.commit();
    expect(await waiting).toEqual({ kind: 'settled', status: 'cancelled' });
    expect((await readAccount(fixture.database, tenant.account.id))!.held).toBe(95);
  });

  it('admits a refused generation after a top-up', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant, { price: 150 });
    await reserveOne(id);
    expect(await markRefused(fixture.database, { id, admissionNumber: 0, refusal: 'insufficient_credits' })).toBe(1);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 50, reference: 'order 1' });
    expect(await reserveOne(id)).toEqual({ kind: 'admitted', replay: false });
    expect(await readGeneration(fixture.database, id)).toMatchObject({
      status: 'pending',
      refusal: null,
      admissionNumber: 1,
    });
  });

  it('returns the final status of a settled generation', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant);
    await release(fixture.database, { generationId: id, status: 'cancelled' });
    expect(await reserveOne(id)).toEqual({ kind: 'settled', status: 'cancelled' });
  });

  it('throws UnknownInLedger for a generation that does not exist', async () => {
    await expect(reserveOne(randomUUID())).rejects.toBeInstanceOf(UnknownInLedger);
  });

  it('still counts a released generation against the daily limit', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET daily_limit = 2 WHERE id = $1', [tenant.account.id]);
    for (let i = 0; i < 2; i += 1) {
      const { id } = await admitted(fixture.database, tenant);
      await release(fixture.database, { generationId: id, status: 'cancelled' });
    }
    const third = await requested(fixture.database, tenant);
    expect(await reserveOne(third.id)).toEqual({ kind: 'refused', refusal: 'daily_limit' });
  });

  it('starts the daily count again on a new day', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query(`UPDATE accounts SET day = current_date - 1, day_count = daily_limit WHERE id = $1`, [
      tenant.account.id,
    ]);
    await admitted(fixture.database, tenant);
    expect((await readAccount(fixture.database, tenant.account.id))!.dailyUsed).toBe(1);
  });

  it('retries a reserve that waited across midnight, so that it counts on the new day', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant);
    // Another reserve has already moved the account to the next day, and the clock agrees.
    await fixture.owner.query(`UPDATE accounts SET day = (now() AT TIME ZONE 'UTC')::date + 1 WHERE id = $1`, [
      tenant.account.id,
    ]);
    await setClock(`clock_timestamp() + interval '1 day'`);
    const attempt = fixture.owner.query('SELECT * FROM reserve_generation($1, 1000)', [id]);
    await expect(attempt).rejects.toMatchObject({ code: '40001' });
    await setClock('clock_timestamp()');
    await fixture.owner.query(`UPDATE accounts SET day = '-infinity' WHERE id = $1`, [tenant.account.id]);
    expect(await reserveOne(id)).toMatchObject({ kind: 'admitted' });
  });

  it('refuses a generation over the unfinished limit until another one ends', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET unfinished_limit = 2 WHERE id = $1', [tenant.account.id]);
    const first = await admitted(fixture.database, tenant);
    await admitted(fixture.database, tenant);
    const third = await requested(fixture.database, tenant);
    expect(await reserveOne(third.id)).toEqual({ kind: 'refused', refusal: 'too_many_pending' });
    await release(fixture.database, { generationId: first.id, status: 'cancelled' });
    expect(await reserveOne(third.id)).toEqual({ kind: 'admitted', replay: false });
  });

  it('keeps an account over the limit of a lower tier usable: unfinished generations can still end', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const unfinished = [];
    for (let i = 0; i < 21; i += 1) unfinished.push(await admitted(fixture.database, tenant, { price: 1 }));
    await openAccount(fixture.database, { subject: tenant.account.subject!, tier: 'free' });
    const next = await requested(fixture.database, tenant, { price: 1 });
    expect(await reserveOne(next.id)).toEqual({ kind: 'refused', refusal: 'too_many_pending' });
    expect(await release(fixture.database, { generationId: unfinished[0]!.id, status: 'cancelled' })).toMatchObject({
      kind: 'released',
    });
  });
});

async function setClock(expression: string): Promise<void> {
  await fixture.owner.query(
    `CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT ${expression} $$`,
  );
}
