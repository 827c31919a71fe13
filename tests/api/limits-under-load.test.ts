import { beforeEach, describe, expect, it } from 'vitest';
import type { TestUser } from './serve-api.ts';
import { testApi } from './test-api.ts';

const BODY = { sourceType: 'text_to_image', prompt: 'a signal tower' } as const;
const PRICE = 10;
/** The starter credits of the tier `free`. */
const FREE_CREDITS = 100;
const ALREADY_ACCEPTED = 7;
/** Several times what the pool has connections, and more than any limit here. */
const PARALLEL = 60;

const studio = testApi({ creatingSlots: PARALLEL });
let user: TestUser;

// An account of its own each, since a minute after the first request the token's tier sets the limits again.
beforeEach(async () => {
  user = await studio.user({ tier: 'pro' });
});

const post = () => studio.client.raw('createGeneration', { token: user.token, id: user.projectId, body: BODY });

async function limit(column: 'daily_limit' | 'unfinished_limit', to: number): Promise<void> {
  await studio.fixture.owner.query(`UPDATE accounts SET ${column} = $2 WHERE id = $1`, [user.accountId, to]);
}

/** Sends all requests at once. @returns how often each answer came */
async function answers(): Promise<Map<string, number>> {
  const codes = await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      const response = await post();
      const { code = 'accepted' } = (await response.json()) as { code?: string };
      return `${response.status} ${code}`;
    }),
  );
  return new Map([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]));
}

async function account() {
  const { body: profile } = await studio.client.ok('readProfile', { token: user.token });
  const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
  return { ...profile.limits, held: credits.held };
}

describe('60 concurrent generation requests of one account', () => {
  it('are accepted exactly up to the daily limit, with credits held for exactly those', async () => {
    await limit('daily_limit', 30);
    for (let count = 0; count < ALREADY_ACCEPTED; count += 1) expect((await post()).status).toBe(202);
    const rest = 30 - ALREADY_ACCEPTED;
    expect(await answers()).toEqual(
      new Map([
        ['202 accepted', rest],
        ['429 daily_limit', PARALLEL - rest],
      ]),
    );
    expect(await account()).toMatchObject({ dailyGenerationsLeft: 0, held: 30 * PRICE });
  });

  it('are accepted exactly up to the limit of unfinished generations', async () => {
    await limit('unfinished_limit', 25);
    expect(await answers()).toEqual(
      new Map([
        ['202 accepted', 25],
        ['429 too_many_pending', PARALLEL - 25],
      ]),
    );
    expect(await account()).toMatchObject({ unfinishedGenerationsLeft: 0, held: 25 * PRICE });
  });

  it('are accepted exactly as far as the credits suffice', async () => {
    user = await studio.user({ tier: 'free' });
    const affordable = FREE_CREDITS / PRICE;
    const { '202 accepted': accepted, ...refused } = Object.fromEntries(await answers());
    expect(accepted).toBe(affordable);
    // After twenty refusals for lack of credits, a cool-down refuses the rest.
    expect(['402 insufficient_credits', '429 rate_limited']).toEqual(expect.arrayContaining(Object.keys(refused)));
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(PARALLEL - affordable);
    expect(await account()).toMatchObject({ held: FREE_CREDITS });
  });
});
