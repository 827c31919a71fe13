import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FAILURES_TO_OPEN } from '#domain/provider/circuit-breaker.ts';
import { createCircuitBreakers } from '#drizzle/stores/circuit-breakers.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { readSpending } from '#drizzle/queries/providers/provider-spending.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { createTestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { DEV, ILLUSTRATOR, SCHNELL } from '../support/insert-request.ts';

const BUDGETS = { totalUsd: 1 };

let studio: Studio;
let owner: Client;
let api: ServedApi;
let user: TestUser;
beforeAll(async () => {
  const database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  studio = await openStudio({ budgets: BUDGETS, database });
  await studio.startWorkers();
  api = await serveApi({
    database: studio.apiDatabase,
    listenUrl: database.url,
    workflows: studio.temporal.generations,
    store: studio.store,
    budgets: BUDGETS,
  });
  user = await api.user({ tier: 'pro' });
});
afterEach(() => studio.replicate.reset());
afterAll(async () => {
  await owner.end();
  await api.stop();
  await studio.close();
});

const SIMPLE = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper' } as const;
const requestOf = (options: object = {}) => ({
  token: user.token,
  id: user.projectId,
  body: { ...SIMPLE, options: { size: 512, ...options } },
});

async function generate() {
  const { body } = await api.client.ok('createGeneration', requestOf());
  await studio.ended(body.id);
  return (await api.client.ok('readGeneration', { token: user.token, id: body.id })).body;
}

/** Sets what Replicate has cost today. */
async function setSpending(usd: number): Promise<void> {
  await owner.query(
    `INSERT INTO provider_spending (day, provider, usd) VALUES ((now() AT TIME ZONE 'UTC')::date, 'replicate', $1)
     ON CONFLICT (day, provider) DO UPDATE SET usd = excluded.usd`,
    [usd],
  );
}

/** Waits until the API's plan starts with the model: it caches circuits and spending for up to a second. */
async function waitForPlan(model: string): Promise<void> {
  const preview = { token: user.token, body: requestOf().body };
  await until(async () => (await api.client.ok('previewPrompt', preview)).body.plan[0]?.model === model, {
    what: `a plan that starts with ${model}`,
  });
}

/** Sends a request without fallback and checks that it leaves nothing behind. @returns the refusal */
async function refusal() {
  const before = await api.client.ok('listGenerations', { token: user.token });
  const credits = await api.client.ok('readCredits', { token: user.token });
  const { status, body, headers } = await api.client.problem('createGeneration', requestOf({ allowFallback: false }));
  expect((await api.client.ok('readCredits', { token: user.token })).body).toEqual(credits.body);
  expect((await api.client.ok('listGenerations', { token: user.token })).body.meta.total).toBe(before.body.meta.total);
  return { status, code: body.code, detail: body.detail, retryAfterS: Number(headers.get('retry-after')) };
}

describe('the provider choice of a generation', () => {
  it('lists each candidate with its reasons and outcome', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'empty' });
    const { choice, model, costUsd } = await generate();
    expect(model).toBe('FLUX1.1 [pro]');
    expect(choice).toMatchObject([
      { position: 1, model: 'FLUX.1 [dev]', reasons: ['best_quality'], outcome: 'failed', failure: 'corrupt_output' },
      { position: 2, model: 'FLUX1.1 [pro]', reasons: ['next_best'], outcome: 'delivered', failure: null },
      { position: 3, model: 'FLUX.1 [schnell]', reasons: ['next_best'], outcome: 'not_tried' },
      { position: 4, model: 'Illustrator', reasons: ['last_resort'], outcome: 'not_tried' },
    ]);
    expect(choice[0]?.explanation).toBe('Nearest to the requested quality; $0.025 an image, about 3.0 s.');
    // A failed attempt may have been charged, so it stays counted.
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.065 });
    expect(costUsd).toBe(0.04);
  });
});

describe('the daily provider budget', () => {
  it('prefers the cheapest model when little of it remains', async () => {
    await setSpending(0.9);
    await waitForPlan('FLUX.1 [schnell]');
    const { model, choice } = await generate();
    expect(model).toBe('FLUX.1 [schnell]');
    expect(choice[0]).toMatchObject({ position: 1, reasons: ['budget_near'], outcome: 'delivered' });
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.903 });
  });

  it('excludes paid providers once it is spent, and holds no credits when no fallback is allowed', async () => {
    await setSpending(0.999);
    await waitForPlan('Illustrator');
    const { provider, choice } = await generate();
    expect(provider).toBe('illustrator');
    expect(choice.find(({ model }) => model === 'FLUX.1 [dev]')).toMatchObject({
      position: null,
      reasons: ['budget_spent'],
    });
    const { retryAfterS, ...problem } = await refusal();
    expect(problem).toEqual({
      status: 503,
      code: 'unavailable',
      detail: "Today's provider budget is spent. Nothing was charged: try again tomorrow or allow fallback.",
    });
    expect(retryAfterS).toBeGreaterThan(0);
    expect(studio.replicate.calls()).toEqual({});
  });

  it('is checked again before each attempt: an expensive model is skipped, a cheap one may still fit', async () => {
    await setSpending(0.98);
    const account = await studio.user({ credits: 10 });
    const { id } = await studio.generate(account, { plan: [DEV, SCHNELL, ILLUSTRATOR] });
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', model: SCHNELL.model });
    const attempts = await listAttempts(studio.database, [id]);
    expect(attempts.map(({ state, failure }) => failure?.kind ?? state)).toEqual(['over_budget', 'succeeded']);
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.983 });
  });
});

describe('an open circuit breaker', () => {
  it('excludes its provider from the plan until it closes, and refuses requests without fallback', async () => {
    await setSpending(0);
    await waitForPlan('FLUX.1 [dev]');
    const { failed } = createCircuitBreakers(studio.database);
    for (let times = 0; times < FAILURES_TO_OPEN; times += 1) {
      await failed({ ...DEV, attemptId: randomUUID() }, { kind: 'transient', retryAfterMs: 600_000 });
    }
    await waitForPlan('Illustrator');
    const { choice } = await generate();
    expect(choice.find(({ model }) => model === 'FLUX.1 [dev]')).toMatchObject({
      position: null,
      reasons: ['circuit_open'],
      explanation: expect.stringMatching(/^Unavailable at the moment, no attempt before 20\d\d-/) as string,
      outcome: 'not_tried',
    });
    const { retryAfterS, ...problem } = await refusal();
    expect(problem).toMatchObject({
      status: 503,
      code: 'unavailable',
      detail: expect.stringContaining('unavailable at the moment') as string,
    });
    expect(retryAfterS).toBeGreaterThan(500);
    expect(studio.replicate.calls()).toEqual({});
  });
});
