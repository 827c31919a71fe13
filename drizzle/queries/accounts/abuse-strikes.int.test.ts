import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COOL_DOWNS, type Strike, VELOCITY } from '#domain/moderation/abuse.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, requested, type Tenant } from '#tests/support/database/world.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { readProjectDefaults } from '../avatars/projects.ts';
import { readCoolDownMs, reportRefusedPrompt } from './abuse-strikes.ts';
import { countFlagged, velocityFlags } from './velocity-flags.ts';
import { readRequestGuards } from '../generations/request-guards.ts';
import { markRefused } from '../generations/generation-progress.ts';

const fixture = useDatabase({ poolSize: 8 });
const MINUTE_MS = 60_000;

/** Inserts strikes of the given ages. */
async function insertStrikes(tenant: Tenant, kind: Strike, minutesAgo: readonly number[]): Promise<void> {
  await fixture.owner.query(
    `INSERT INTO abuse_strikes (account_id, kind, cause, at) SELECT $1, $2, gen_random_uuid()::text, now() - m * interval '1 minute' FROM unnest($3::float8[]) m`,
    [tenant.account.id, kind, minutesAgo],
  );
}

/** As it is read by itself, and about the same with a project: the database's clock may be set back between both reads. */
async function coolDown({ account, projectId }: Tenant): Promise<number> {
  const leftMs = await readCoolDownMs(fixture.database, account.id);
  const { coolDownMs } = await readRequestGuards(fixture.database, account.id, projectId);
  expect(Math.abs(coolDownMs - leftMs)).toBeLessThan(MINUTE_MS);
  expect(coolDownMs > 0).toBe(leftMs > 0);
  return leftMs;
}

async function strikesOf(tenant: Tenant): Promise<string[]> {
  const { rows } = await fixture.owner.query<{ kind: string }>('SELECT kind FROM abuse_strikes WHERE account_id = $1', [
    tenant.account.id,
  ]);
  return rows.map(({ kind }) => kind);
}

describe('readRequestGuards', () => {
  it('reads the defaults of the account’s own project only, and no cool-down of another account', async () => {
    const { database, owner } = fixture;
    const [own, other] = [await newTenant(database), await newTenant(database)];
    await owner.query(`UPDATE avatar_projects SET defaults = '{"style": "fantasy"}' WHERE id = $1`, [own.projectId]);
    await insertStrikes(other, 'refused_prompt', [5, 4, 3, 2, 1]);
    const defaults = await readProjectDefaults(database, own.account.id, own.projectId);
    expect(defaults).toMatchObject({ style: 'fantasy' });
    expect(await readRequestGuards(database, own.account.id, own.projectId)).toEqual({ defaults, coolDownMs: 0 });
    const foreign = await readRequestGuards(database, other.account.id, own.projectId);
    expect([foreign.defaults, foreign.coolDownMs > 0]).toEqual([undefined, true]);
    expect(await readRequestGuards(database, own.account.id, randomUUID())).toEqual({ coolDownMs: 0 });
  });
});

const REFUSED = { code: 'prompt_rejected', message: 'The provider refused this prompt.' } as const;

describe('readCoolDownMs', () => {
  it('starts with the strike that exceeds the limit, and ends by itself', async () => {
    const tenant = await newTenant(fixture.database);
    await insertStrikes(tenant, 'refused_prompt', [9, 8, 7, 6]);
    expect(await coolDown(tenant)).toBe(0);
    await insertStrikes(tenant, 'refused_prompt', [1.5]);
    const leftMs = await coolDown(tenant);
    const full = COOL_DOWNS.refused_prompt.coolDownMs;
    expect(leftMs).toBeLessThanOrEqual(full - MINUTE_MS);
    expect(leftMs).toBeGreaterThan(full - 2 * MINUTE_MS);
    const expired = await newTenant(fixture.database);
    await insertStrikes(expired, 'refused_prompt', [24, 23, 22, 21, 16]);
    expect(await coolDown(expired)).toBe(0);
  });

  it('ignores as many strikes over a longer time, or of different kinds', async () => {
    const [slow, mixed] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    await insertStrikes(slow, 'refused_prompt', [12, 9, 6, 3, 0]);
    await insertStrikes(mixed, 'refused_prompt', [4, 3, 2, 1]);
    await insertStrikes(mixed, 'unpaid', [4, 3, 2, 1]);
    expect([await coolDown(slow), await coolDown(mixed)]).toEqual([0, 0]);
  });

  it('counts a refused prompt once, and not the refusal of a provider’s own filter', async () => {
    const tenant = await newTenant(fixture.database, 'plus');
    for (let n = 0; n < COOL_DOWNS.refused_prompt.strikes; n += 1) {
      expect(await coolDown(tenant)).toBe(0);
      await Promise.all([1, 2, 3].map(() => reportRefusedPrompt(fixture.database, tenant.account.id, `request ${n}`)));
    }
    expect(await coolDown(tenant)).toBeGreaterThan(0);
    const other = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, other);
    await release(fixture.database, { generationId: id, status: 'failed', failure: REFUSED });
    expect(await strikesOf(other)).toEqual([]);
  });

  it('is ended by delivered avatars, each of which forgives the oldest strike; admins still see all of them', async () => {
    const tenant = await newTenant(fixture.database, 'plus');
    await insertStrikes(tenant, 'refused_prompt', [9, 8, 7, 6, 1]);
    await insertStrikes(tenant, 'unpaid', [9]);
    expect(await coolDown(tenant)).toBeGreaterThan(0);
    const generations = await Promise.all([1, 2, 3].map(() => admitted(fixture.database, tenant)));
    await Promise.all(generations.map(({ id }) => record(fixture.database, id, anAvatar(tenant.account.id))));
    expect(await coolDown(tenant)).toBe(0);
    expect(await strikesOf(tenant)).toHaveLength(6);
    const { rows } = await fixture.owner.query(
      'SELECT kind FROM abuse_strikes WHERE account_id = $1 AND forgiven_at IS NOT NULL',
      [tenant.account.id],
    );
    expect(rows).toEqual([1, 2, 3].map(() => ({ kind: 'refused_prompt' })));
  });

  it('counts each unpaid request and each new attempt of it, until a top-up', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant, { price: 1_000 });
    for (let admissionNumber = 0; admissionNumber < COOL_DOWNS.unpaid.strikes; admissionNumber += 1) {
      const refusal = { id, admissionNumber, refusal: 'insufficient_credits' as const };
      await Promise.all([1, 2, 3].map(() => markRefused(fixture.database, refusal)));
    }
    expect(await strikesOf(tenant)).toHaveLength(COOL_DOWNS.unpaid.strikes);
    expect(await coolDown(tenant)).toBeGreaterThan(0);
    await topup(fixture.database, { accountId: tenant.account.id, amount: 5, reference: 'paid' });
    expect(await coolDown(tenant)).toBe(0);
  });

  it('does not count a refusal by a limit as unpaid', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant);
    await markRefused(fixture.database, { id, admissionNumber: 0, refusal: 'daily_limit' });
    expect(await strikesOf(tenant)).toEqual([]);
  });
});

describe('velocityFlags', () => {
  it('flags many refusals, half of a daily limit within an hour, and starter credits spent at once', async () => {
    const [prompts, unpaid, fast, calm] = await Promise.all([1, 2, 3, 4].map(() => newTenant(fixture.database)));
    const ago = (count: number) => Array.from({ length: count }, (_, index) => 30 + index * 20);
    await insertStrikes(prompts!, 'refused_prompt', ago(VELOCITY.refusedPromptsADay));
    await insertStrikes(unpaid!, 'unpaid', ago(VELOCITY.unpaidRequestsADay));
    await insertStrikes(calm!, 'refused_prompt', ago(VELOCITY.refusedPromptsADay - 1));
    await insertStrikes(calm!, 'unpaid', ago(VELOCITY.unpaidRequestsADay - 1));
    await topup(fixture.database, { accountId: fast!.account.id, amount: 1_000, reference: 'x' });
    for (let n = 0; n < fast!.account.dailyLimit * VELOCITY.burstShareOfDay; n += 1) {
      const { id } = await admitted(fixture.database, fast!);
      await record(fixture.database, id, anAvatar(fast!.account.id));
    }
    const flags = await velocityFlags(fixture.database);
    const flagsOf = (tenant: Tenant) => flags.filter(({ accountId }) => accountId === tenant.account.id);
    expect(flagsOf(prompts!)).toEqual([
      { accountId: prompts!.account.id, flag: 'refused_prompts', count: 10, network: null },
    ]);
    expect(flagsOf(unpaid!)).toEqual([
      { accountId: unpaid!.account.id, flag: 'unpaid_requests', count: 40, network: null },
    ]);
    expect(flagsOf(fast!).map(({ flag, count }) => [flag, count])).toEqual([
      ['spent_at_once', 250],
      ['burst', 25],
    ]);
    expect(flagsOf(calm!)).toEqual([]);
  });

  it('flags hourly limits met in three hours, and only those', async () => {
    const [often, once] = await Promise.all([1, 2].map(() => newTenant(fixture.database)));
    // Whole hours apart: minutes in between may be in one hour or in two, by the time of day.
    await insertStrikes(often!, 'hourly_limit', [0, 60, 120, 120]);
    await insertStrikes(once!, 'hourly_limit', [0, 0, 0, 0, 0]);
    const flags = await velocityFlags(fixture.database);
    expect(flags.filter(({ flag }) => flag === 'hourly_limit')).toEqual([
      { accountId: often!.account.id, flag: 'hourly_limit', count: 3, network: null },
    ]);
    expect(await coolDown(often!)).toBe(0);
  });

  it('flags many payments, large payments, and a service that tops up many accounts', async () => {
    const { database } = fixture;
    const [many, large, paid] = await Promise.all([1, 2, 3].map(() => newTenant(database)));
    const clientId = randomUUID();
    const pay = (tenant: Tenant, amount: number) =>
      topup(database, { accountId: tenant.account.id, amount, reference: randomUUID(), clientId });
    for (let n = 0; n < VELOCITY.topupsAnHour; n += 1) await pay(many!, 10);
    for (let n = 0; n < VELOCITY.topupsAnHour - 1; n += 1) await pay(paid!, 10);
    await pay(large!, VELOCITY.topupCreditsAnHour);
    // Too many accounts for one test: the rows of others, as the owner.
    await fixture.owner.query(
      `WITH others AS (INSERT INTO accounts (daily_limit, unfinished_limit) SELECT 1, 1 FROM generate_series(4, $2::int) RETURNING id)
       INSERT INTO credit_transfers (kind, account_id, amount, reference, client_id) SELECT 'topup', id, 1, id::text, $1 FROM others`,
      [clientId, VELOCITY.topupAccountsAnHour],
    );
    const flags = await velocityFlags(database);
    expect(flags.filter(({ flag }) => flag.startsWith('topup'))).toEqual([
      { accountId: large!.account.id, flag: 'topup_credits', count: 50_000, network: null },
      { accountId: clientId, flag: 'topup_accounts', count: 200, network: null },
      { accountId: many!.account.id, flag: 'topups', count: 10, network: null },
    ]);
    expect(await countFlagged(database)).toMatchObject({ topups: 1, topup_credits: 1, topup_accounts: 1 });
  });
});
