import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { openAccount, readAccount } from '../queries/accounts/accounts.ts';
import { eraseAccount } from '../queries/accounts/erasure.ts';
import { deleteUnansweredGenerations } from '../queries/generations/generation-sweep.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';
import { record, type RecordOutcome } from './record.ts';
import { refund } from './refund.ts';
import { release, type ReleaseOutcome } from './release.ts';
import { reserve, type ReserveOutcome } from './reserve.ts';
import { UnknownInLedger } from './step.ts';
import { topup } from './topup.ts';

const CONNECTIONS = 64;
const fixture = useDatabase({ poolSize: CONNECTIONS });

const reserveOne = (generationId: string) => reserve(fixture.database, { generationId, deadlineMs: DEADLINE_MS });
const cancel = (generationId: string) => release(fixture.database, { generationId, status: 'cancelled', by: 'user' });
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const isFirst = (outcome: { kind: string; replay?: boolean }) => outcome.replay === false;

describe('64 concurrent connections', () => {
  it('reserve for a generation once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await requested(fixture.database, tenant);
      const outcomes = await times(CONNECTIONS, () => reserveOne(id));
      expect(outcomes.every(({ kind }) => kind === 'admitted')).toBe(true);
      expect(outcomes.filter(isFirst)).toHaveLength(1);
      expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 10, unfinished: 1 });
    }
  });

  it('either record or release a generation, and every loser gets the final status', async () => {
    for (let round = 0; round < 6; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await admitted(fixture.database, tenant);
      const avatar = anAvatar(tenant.account.id);
      const outcomes = await times<RecordOutcome | ReleaseOutcome>(CONNECTIONS, (index) =>
        index % 2 === round % 2 ? record(fixture.database, id, avatar) : cancel(id),
      );
      const { status } = (await readGeneration(fixture.database, id))!;
      const delivered = status === 'completed';
      const won = outcomes.filter((outcome) => isFirst(outcome) || outcome.kind === 'released');
      expect(won).toEqual([
        delivered ? { kind: 'recorded', replay: false } : { kind: 'released', creditsReturned: true },
      ]);
      const losers = outcomes.filter((outcome) => outcome.kind === 'lost' || outcome.kind === 'settled');
      expect(losers.every((outcome) => 'status' in outcome && outcome.status === status)).toBe(true);
      expect((await readAccount(fixture.database, tenant.account.id))!).toMatchObject({
        posted: delivered ? 90 : 100,
        held: 0,
        unfinished: 0,
      });
    }
  });

  it('refund once', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await record(fixture.database, id, anAvatar(tenant.account.id));
    const outcomes = await times(CONNECTIONS, () => refund(fixture.database, id, 'six fingers'));
    expect(outcomes.filter(isFirst)).toHaveLength(1);
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(100);
  });

  it('pay out a payment once, to one of many accounts', async () => {
    const tenants = await times(8, () => newTenant(fixture.database));
    const pay = (reference: string, index: number) =>
      topup(fixture.database, { accountId: tenants[index % 8]!.account.id, amount: 5, reference });
    for (let round = 1; round <= 5; round += 1) {
      const reference = randomUUID();
      const outcomes = await times(CONNECTIONS, (index) =>
        pay(index % 2 ? reference : reference.toUpperCase(), index >> 1),
      );
      expect(outcomes.filter(isFirst)).toHaveLength(1);
      // Repeats of the winner are replays; all others are conflicts.
      const results = outcomes.map((outcome) => ('transferId' in outcome ? outcome.transferId : outcome.kind));
      expect(new Set(results).size).toBe(2);
      expect(results).toContain('conflict');
      const balances = await Promise.all(tenants.map(({ account }) => readAccount(fixture.database, account.id)));
      expect(balances.reduce((sum, account) => sum + account!.posted, 0)).toBe(8 * 100 + round * 5);
    }
  });

  it('add no credits to an account once it is erased', async () => {
    const kinds = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await admitted(fixture.database, tenant);
      await record(fixture.database, id, anAvatar(tenant.account.id));
      const { account } = tenant;
      const outcomes = await times(CONNECTIONS, async (index) => {
        if (index === 16) {
          await eraseAccount(fixture.database, account.id);
          return undefined;
        }
        const outcome = await (index % 8 === 0
          ? refund(fixture.database, id, 'six fingers')
          : topup(fixture.database, { accountId: account.id, amount: 5, reference: randomUUID() }));
        kinds.add(outcome.kind);
        return outcome;
      });
      const late = await topup(fixture.database, { accountId: account.id, amount: 5, reference: randomUUID() });
      expect(late).toEqual({ kind: 'account_erased' });
      const topups = outcomes.filter((outcome) => outcome?.kind === 'posted').length;
      const refunds = outcomes.filter((outcome) => outcome?.kind === 'refunded' && !outcome.replay).length;
      const { posted } = (await readAccount(fixture.database, account.id))!;
      expect(posted).toBe(90 + topups * 5 + refunds * 10);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['account_erased', 'posted']));
  });

  it('open one account for one subject, with one grant of starter credits', async () => {
    const subject = `test|${randomUUID()}`;
    const accounts = await times(CONNECTIONS, () => openAccount(fixture.database, { subject, tier: 'plus' }));
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(1);
    expect((await readAccount(fixture.database, accounts[0]!.id))!.posted).toBe(500);
  });
});

describe('a generation that is cancelled or swept during its admission', () => {
  it('has no hold afterwards, whichever came first', async () => {
    const firsts = new Set<string>();
    const tenant = await newTenant(fixture.database, 'pro');
    await fixture.owner.query('UPDATE accounts SET daily_limit = 100000 WHERE id = $1', [tenant.account.id]);
    for (let round = 0; round < 10; round += 1) {
      const requests = await times(16, () => requested(fixture.database, tenant, { price: 1 }));
      const outcomes = await Promise.all(
        requests.flatMap(({ id }) => [reserveOne(id), cancel(id), reserveOne(id), cancel(id)]),
      );
      for (const [index, { id }] of requests.entries()) {
        const [first, cancelled, second, again] = outcomes.slice(index * 4, index * 4 + 4) as [
          ReserveOutcome,
          ReleaseOutcome,
          ReserveOutcome,
          ReleaseOutcome,
        ];
        expect([cancelled.kind, again.kind].filter((kind) => kind === 'released')).toHaveLength(1);
        expect((await readGeneration(fixture.database, id))!.status).toBe('cancelled');
        firsts.add([first, second].some(({ kind }) => kind === 'admitted') ? 'admitted first' : 'cancelled first');
      }
    }
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({
      posted: 1000,
      held: 0,
      unfinished: 0,
    });
    expect([...firsts].sort()).toEqual(['admitted first', 'cancelled first']);
  });

  it('is not deleted while it is being admitted', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    for (let round = 0; round < 5; round += 1) {
      const requests = await times(16, () => requested(fixture.database, tenant, { price: 1 }));
      const sweeping = times(4, () => deleteUnansweredGenerations(fixture.database, { olderThanMs: -1_000, limit: 8 }));
      const outcomes = await Promise.all(
        requests.map(({ id }) => reserveOne(id).catch((error: unknown) => ({ kind: (error as Error).name }))),
      );
      await sweeping;
      for (const [index, { id }] of requests.entries()) {
        const survives = (await readGeneration(fixture.database, id)) !== undefined;
        expect(outcomes[index]!.kind).toBe(survives ? 'admitted' : UnknownInLedger.name);
      }
    }
  });
});

describe('limits under concurrent requests', () => {
  it('admit exactly 50 of 400 generations a day', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET unfinished_limit = 1000, hourly_limit = NULL WHERE id = $1', [
      tenant.account.id,
    ]);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
    const requests = await times(400, () => requested(fixture.database, tenant));
    const outcomes = await Promise.all(requests.map(({ id }) => reserveOne(id)));
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome.kind === 'refused' && outcome.refusal === 'daily_limit')).toHaveLength(
      350,
    );
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 500, dailyUsed: 50 });
  });

  it('admit exactly 40 of 200 generations an hour, and none more when some are released', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET unfinished_limit = 1000 WHERE id = $1', [tenant.account.id]);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
    const requests = await times(200, () => requested(fixture.database, tenant));
    const outcomes = await Promise.all(requests.map(({ id }) => reserveOne(id)));
    const refusals = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.refusal] : []));
    expect(refusals).toEqual(Array<string>(160).fill('hourly_limit'));
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ hourlyUsed: 40, dailyUsed: 40 });
    const first = requests.find((_, index) => outcomes[index]!.kind === 'admitted')!;
    await cancel(first.id);
    const refused = requests.find((_, index) => outcomes[index]!.kind === 'refused')!;
    expect(await reserveOne(refused.id)).toEqual({ kind: 'refused', refusal: 'hourly_limit' });
    await fixture.owner.query(`UPDATE accounts SET hour = hour - interval '1 hour' WHERE id = $1`, [tenant.account.id]);
    expect(await reserveOne(refused.id)).toEqual({ kind: 'admitted', replay: false });
    // For the audit, which counts the holds of this real hour.
    await fixture.owner.query('UPDATE accounts SET hour_count = 41 WHERE id = $1', [tenant.account.id]);
  });

  it('allow exactly 20 unfinished generations while others end', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET daily_limit = 1000 WHERE id = $1', [tenant.account.id]);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
    const requests = await times(120, () => requested(fixture.database, tenant));
    const outcomes = await Promise.all(requests.map(({ id }) => reserveOne(id)));
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(20);
    const [running, waiting] = [0, 1].map((wanted) =>
      requests.filter((_, index) => (outcomes[index]!.kind === 'admitted' ? 0 : 1) === wanted),
    ) as [typeof requests, typeof requests];
    await Promise.all([...running.slice(0, 5).map(({ id }) => cancel(id)), ...waiting.map(({ id }) => reserveOne(id))]);
    await Promise.all(waiting.map(({ id }) => reserveOne(id)));
    expect((await readAccount(fixture.database, tenant.account.id))!.unfinished).toBe(20);
  });

  it('never spend a credit twice', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const requests = await times(200, () => requested(fixture.database, tenant, { price: 30 }));
    const outcomes = await Promise.all(requests.map(({ id }) => reserveOne(id)));
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(33);
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 990, available: 10 });
  });
});

describe('an account that is being opened', () => {
  it('has exactly the top-ups that were acknowledged', async () => {
    const accountId = randomUUID();
    const opener = new Client({ connectionString: fixture.urls.ownerUrl });
    await opener.connect();
    await opener.query('BEGIN');
    await opener.query('INSERT INTO accounts (id, daily_limit, unfinished_limit) VALUES ($1, 50, 20)', [accountId]);
    const rush = times(200, async (index) => {
      if (index === 40) await opener.query('COMMIT');
      return topup(fixture.database, { accountId, amount: 1, reference: `rush ${index}` }).catch((error: unknown) => {
        if (error instanceof UnknownInLedger) return undefined;
        throw error;
      });
    });
    const acknowledged = (await rush).filter((outcome) => outcome !== undefined);
    await opener.end();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect((await readAccount(fixture.database, accountId))!.posted).toBe(acknowledged.length);
  });

  it('admits generations that are requested as soon as it exists', async () => {
    const subject = `test|${randomUUID()}`;
    const outcomes = await times(24, async () => {
      const account = await openAccount(fixture.database, { subject, tier: 'free' });
      const projectId = randomUUID();
      await fixture.database.call(
        't.project',
        'INSERT INTO avatar_projects (id, account_id, name) VALUES ($1, $2, $3)',
        [projectId, account.id, 'Cast'],
      );
      const { id } = await requested(fixture.database, { account, projectId });
      return reserveOne(id);
    });
    const admittedOutcomes = outcomes.filter(({ kind }) => kind === 'admitted');
    expect(admittedOutcomes).toHaveLength(10);
    expect((await openAccount(fixture.database, { subject, tier: 'free' })).held).toBe(100);
  });
});
