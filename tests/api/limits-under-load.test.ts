import { beforeAll, describe, expect, it } from 'vitest';
import type { TestUser } from './serve-api.ts';
import { testApi } from './test-api.ts';

const BODY = { sourceType: 'text_to_image', prompt: 'a signal tower' } as const;
const PRICE = 10;
const ALREADY_MADE = 7;
const PARALLEL = 200;

const studio = testApi();
let user: TestUser;

beforeAll(async () => {
  user = await studio.user({ tier: 'pro' });
});

const post = () => studio.client.raw('createGeneration', { token: user.token, id: user.projectId, body: BODY });

async function limit(column: 'daily_limit' | 'unfinished_limit', to: number): Promise<void> {
  await studio.fixture.owner.query(`UPDATE accounts SET ${column} = $2 WHERE id = $1`, [user.accountId, to]);
}

/** How many of each answer so many orders at once get. */
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
  const { body: me } = await studio.client.ok('readProfile', { token: user.token });
  const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
  return { ...me.limits, held: credits.held };
}

describe('two hundred orders at once by one person', () => {
  it('take exactly what the daily limit leaves, and hold credits for exactly these', async () => {
    await limit('daily_limit', 40);
    for (let made = 0; made < ALREADY_MADE; made += 1) expect((await post()).status).toBe(202);
    const rest = 40 - ALREADY_MADE;
    expect(await answers()).toEqual(
      new Map([
        ['202 accepted', rest],
        ['429 daily_limit', PARALLEL - rest],
      ]),
    );
    expect(await account()).toMatchObject({ dailyGenerationsLeft: 0, held: 40 * PRICE });
  });

  it('take exactly what the limit of unfinished ones leaves', async () => {
    await limit('daily_limit', 1000);
    await limit('unfinished_limit', 55);
    expect(await answers()).toEqual(
      new Map([
        ['202 accepted', 15],
        ['429 too_many_pending', PARALLEL - 15],
      ]),
    );
    expect(await account()).toMatchObject({ unfinishedGenerationsLeft: 0, held: 55 * PRICE });
  });

  it('take exactly what the credits pay for', async () => {
    await limit('unfinished_limit', 500);
    const affordable = (1000 - 55 * PRICE) / PRICE;
    const { '202 accepted': accepted, ...refused } = Object.fromEntries(await answers());
    expect(accepted).toBe(affordable);
    // After twenty that can't be paid, those that come late find a cool-down.
    expect(['402 insufficient_credits', '429 rate_limited']).toEqual(expect.arrayContaining(Object.keys(refused)));
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(PARALLEL - affordable);
    expect(await account()).toMatchObject({ held: 1000 });
  });
});
