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

const hold = (generationId: string) => reserve(fixture.database, { generationId, deadlineMs: DEADLINE_MS });
const cancel = (generationId: string) => release(fixture.database, { generationId, status: 'cancelled', by: 'user' });
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const isFirst = (outcome: { kind: string; replay?: boolean }) => outcome.replay === false;

describe('64 connections at once', () => {
  it('hold one generation once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await requested(fixture.database, tenant);
      const verdicts = await times(CONNECTIONS, () => hold(id));
      expect(verdicts.every(({ kind }) => kind === 'admitted')).toBe(true);
      expect(verdicts.filter(isFirst)).toHaveLength(1);
      expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 10, unfinished: 1 });
    }
  });

  it('deliver or give back, never both, and every loser learns who won', async () => {
    for (let round = 0; round < 6; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await admitted(fixture.database, tenant);
      const avatar = anAvatar(tenant.account.id);
      const verdicts = await times<RecordOutcome | ReleaseOutcome>(CONNECTIONS, (index) =>
        index % 2 === round % 2 ? record(fixture.database, id, avatar) : cancel(id),
      );
      const { status } = (await readGeneration(fixture.database, id))!;
      const delivered = status === 'completed';
      const won = verdicts.filter((outcome) => isFirst(outcome) || outcome.kind === 'released');
      expect(won).toEqual([
        delivered ? { kind: 'recorded', replay: false } : { kind: 'released', creditsReturned: true },
      ]);
      const losers = verdicts.filter((outcome) => outcome.kind === 'lost' || outcome.kind === 'settled');
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
    const verdicts = await times(CONNECTIONS, () => refund(fixture.database, id, 'six fingers'));
    expect(verdicts.filter(isFirst)).toHaveLength(1);
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(100);
  });

  it('pay one payment out once, for one of many accounts', async () => {
    const tenants = await times(8, () => newTenant(fixture.database));
    const pay = (reference: string, index: number) =>
      topup(fixture.database, { accountId: tenants[index % 8]!.account.id, amount: 5, reference });
    for (let round = 1; round <= 5; round += 1) {
      const reference = randomUUID();
      const verdicts = await times(CONNECTIONS, (index) =>
        pay(index % 2 ? reference : reference.toUpperCase(), index >> 1),
      );
      expect(verdicts.filter(isFirst)).toHaveLength(1);
      // The winner's own repetitions are replays of it; everybody else is told that it was used.
      const told = verdicts.map((outcome) => ('transferId' in outcome ? outcome.transferId : outcome.kind));
      expect(new Set(told).size).toBe(2);
      expect(told).toContain('conflict');
      const balances = await Promise.all(tenants.map(({ account }) => readAccount(fixture.database, account.id)));
      expect(balances.reduce((sum, account) => sum + account!.posted, 0)).toBe(8 * 100 + round * 5);
    }
  });

  it('add nothing to an account from the moment that it is erased', async () => {
    const endings = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const tenant = await newTenant(fixture.database);
      const { id } = await admitted(fixture.database, tenant);
      await record(fixture.database, id, anAvatar(tenant.account.id));
      const { account } = tenant;
      const verdicts = await times(CONNECTIONS, async (index) => {
        if (index === 16) {
          await eraseAccount(fixture.database, account.id);
          return undefined;
        }
        const outcome = await (index % 8 === 0
          ? refund(fixture.database, id, 'six fingers')
          : topup(fixture.database, { accountId: account.id, amount: 5, reference: randomUUID() }));
        endings.add(outcome.kind);
        return outcome;
      });
      const late = await topup(fixture.database, { accountId: account.id, amount: 5, reference: randomUUID() });
      expect(late).toEqual({ kind: 'account_erased' });
      const topups = verdicts.filter((outcome) => outcome?.kind === 'posted').length;
      const refunds = verdicts.filter((outcome) => outcome?.kind === 'refunded' && !outcome.replay).length;
      const { posted } = (await readAccount(fixture.database, account.id))!;
      expect(posted).toBe(90 + topups * 5 + refunds * 10);
    }
    expect([...endings]).toEqual(expect.arrayContaining(['account_erased', 'posted']));
  });

  it('open one account for one person, with one starter', async () => {
    const subject = `test|${randomUUID()}`;
    const accounts = await times(CONNECTIONS, () => openAccount(fixture.database, { subject, tier: 'plus' }));
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(1);
    expect((await readAccount(fixture.database, accounts[0]!.id))!.posted).toBe(500);
  });
});

describe('a request that is cancelled while it is being admitted', () => {
  it('holds nothing afterwards, whoever wins', async () => {
    const outcomes = new Set<string>();
    const tenant = await newTenant(fixture.database, 'pro');
    await fixture.owner.query('UPDATE accounts SET daily_limit = 100000 WHERE id = $1', [tenant.account.id]);
    for (let round = 0; round < 10; round += 1) {
      const requests = await times(16, () => requested(fixture.database, tenant, { price: 1 }));
      const verdicts = await Promise.all(requests.flatMap(({ id }) => [hold(id), cancel(id), hold(id), cancel(id)]));
      for (const [index, { id }] of requests.entries()) {
        const [first, cancelled, second, again] = verdicts.slice(index * 4, index * 4 + 4) as [
          ReserveOutcome,
          ReleaseOutcome,
          ReserveOutcome,
          ReleaseOutcome,
        ];
        expect([cancelled.kind, again.kind].filter((kind) => kind === 'released')).toHaveLength(1);
        expect((await readGeneration(fixture.database, id))!.status).toBe('cancelled');
        outcomes.add([first, second].some(({ kind }) => kind === 'admitted') ? 'admitted first' : 'cancelled first');
      }
    }
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({
      posted: 1000,
      held: 0,
      unfinished: 0,
    });
    expect([...outcomes].sort()).toEqual(['admitted first', 'cancelled first']);
  });

  it('is not swept away under an admission', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    for (let round = 0; round < 5; round += 1) {
      const requests = await times(16, () => requested(fixture.database, tenant, { price: 1 }));
      const sweeping = times(4, () => deleteUnansweredGenerations(fixture.database, { olderThanMs: -1_000, limit: 8 }));
      const verdicts = await Promise.all(
        requests.map(({ id }) => hold(id).catch((error: unknown) => ({ kind: (error as Error).name }))),
      );
      await sweeping;
      for (const [index, { id }] of requests.entries()) {
        const survives = (await readGeneration(fixture.database, id)) !== undefined;
        expect(verdicts[index]!.kind).toBe(survives ? 'admitted' : UnknownInLedger.name);
      }
    }
  });
});

describe('limits under a rush', () => {
  it('admit exactly 50 of 400 on a day', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET unfinished_limit = 1000 WHERE id = $1', [tenant.account.id]);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
    const requests = await times(400, () => requested(fixture.database, tenant));
    const verdicts = await Promise.all(requests.map(({ id }) => hold(id)));
    expect(verdicts.filter(({ kind }) => kind === 'admitted')).toHaveLength(50);
    expect(verdicts.filter((outcome) => outcome.kind === 'refused' && outcome.refusal === 'daily_limit')).toHaveLength(
      350,
    );
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 500, dailyUsed: 50 });
  });

  it('keep exactly 20 unfinished at once while others end', async () => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query('UPDATE accounts SET daily_limit = 1000 WHERE id = $1', [tenant.account.id]);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
    const requests = await times(120, () => requested(fixture.database, tenant));
    const verdicts = await Promise.all(requests.map(({ id }) => hold(id)));
    expect(verdicts.filter(({ kind }) => kind === 'admitted')).toHaveLength(20);
    const [running, waiting] = [0, 1].map((wanted) =>
      requests.filter((_, index) => (verdicts[index]!.kind === 'admitted' ? 0 : 1) === wanted),
    ) as [typeof requests, typeof requests];
    await Promise.all([...running.slice(0, 5).map(({ id }) => cancel(id)), ...waiting.map(({ id }) => hold(id))]);
    await Promise.all(waiting.map(({ id }) => hold(id)));
    expect((await readAccount(fixture.database, tenant.account.id))!.unfinished).toBe(20);
  });

  it('never spend a credit twice', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const requests = await times(200, () => requested(fixture.database, tenant, { price: 30 }));
    const verdicts = await Promise.all(requests.map(({ id }) => hold(id)));
    expect(verdicts.filter(({ kind }) => kind === 'admitted')).toHaveLength(33);
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ held: 990, available: 10 });
  });
});

describe('an account that is being opened', () => {
  it('takes every top-up that was acknowledged and no other', async () => {
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

  it('admits a request that is written and admitted as soon as it exists', async () => {
    const subject = `test|${randomUUID()}`;
    const verdicts = await times(24, async () => {
      const account = await openAccount(fixture.database, { subject, tier: 'free' });
      const projectId = randomUUID();
      await fixture.database.call(
        't.project',
        'INSERT INTO avatar_projects (id, account_id, name) VALUES ($1, $2, $3)',
        [projectId, account.id, 'Cast'],
      );
      const { id } = await requested(fixture.database, { account, projectId });
      return hold(id);
    });
    const admittedOnes = verdicts.filter(({ kind }) => kind === 'admitted');
    expect(admittedOnes).toHaveLength(10);
    expect((await openAccount(fixture.database, { subject, tier: 'free' })).held).toBe(100);
  });
});
