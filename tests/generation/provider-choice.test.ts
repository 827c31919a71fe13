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
    database: studio.database,
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
const generate = (options: object = {}) => ({
  token: user.token,
  id: user.projectId,
  body: { ...SIMPLE, options: { size: 512, ...options } },
});

async function make() {
  const { body } = await api.client.ok('createGeneration', generate());
  await studio.ended(body.id);
  return (await api.client.ok('readGeneration', { token: user.token, id: body.id })).body;
}

/** So much was spent today. */
async function spend(usd: number): Promise<void> {
  await owner.query(
    `INSERT INTO provider_spending (day, provider, usd) SELECT (now() AT TIME ZONE 'UTC')::date, p, $1 FROM unnest(ARRAY['all', 'replicate']) p
     ON CONFLICT (day, provider) DO UPDATE SET usd = excluded.usd`,
    [usd],
  );
}

/** The API knows of circuits and money within a second. */
async function planBeginsWith(model: string): Promise<void> {
  const preview = { token: user.token, body: generate().body };
  await until(async () => (await api.client.ok('previewPrompt', preview)).body.plan[0]?.model === model, {
    what: `a plan that begins with ${model}`,
  });
}

/** What a POST without a fallback is told, and that it left nothing. */
async function refusal() {
  const before = await api.client.ok('listGenerations', { token: user.token });
  const credits = await api.client.ok('readCredits', { token: user.token });
  const { status, body, headers } = await api.client.problem('createGeneration', generate({ allowFallback: false }));
  expect((await api.client.ok('readCredits', { token: user.token })).body).toEqual(credits.body);
  expect((await api.client.ok('listGenerations', { token: user.token })).body.meta.total).toBe(before.body.meta.total);
  return { status, code: body.code, detail: body.detail, retryAfterS: Number(headers.get('retry-after')) };
}

describe('a generation', () => {
  it('tells who was chosen, why, and what became of each', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'empty' });
    const { choice, model, costUsd } = await make();
    expect(model).toBe('FLUX1.1 [pro]');
    expect(choice).toMatchObject([
      { position: 1, model: 'FLUX.1 [dev]', reasons: ['best_quality'], outcome: 'failed', failure: 'corrupt_output' },
      { position: 2, model: 'FLUX1.1 [pro]', reasons: ['next_best'], outcome: 'delivered', failure: null },
      { position: 3, model: 'FLUX.1 [schnell]', reasons: ['next_best'], outcome: 'not_tried' },
      { position: 4, model: 'Illustrator', reasons: ['last_resort'], outcome: 'not_tried' },
    ]);
    expect(choice[0]?.explanation).toBe('Nearest to the quality asked for; $0.025 an image, about 3.0 s.');
    // What may have been charged stays counted.
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.065 });
    expect(costUsd).toBe(0.04);
  });
});

describe("the day's budget", () => {
  it('moves to the cheapest when it nears its end', async () => {
    await spend(0.9);
    await planBeginsWith('FLUX.1 [schnell]');
    const { model, choice } = await make();
    expect(model).toBe('FLUX.1 [schnell]');
    expect(choice[0]).toMatchObject({ position: 1, reasons: ['budget_near'], outcome: 'delivered' });
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.903 });
  });

  it('refuses paid providers once it is spent, and holds nothing where no fallback is allowed', async () => {
    await spend(0.999);
    await planBeginsWith('Illustrator');
    const { provider, choice } = await make();
    expect(provider).toBe('illustrator');
    expect(choice.find(({ model }) => model === 'FLUX.1 [dev]')).toMatchObject({
      position: null,
      reasons: ['budget_spent'],
    });
    const { retryAfterS, ...told } = await refusal();
    expect(told).toEqual({
      status: 503,
      code: 'unavailable',
      detail: "Today's budget for providers is spent, and no fallback is allowed",
    });
    expect(retryAfterS).toBeGreaterThan(0);
    expect(studio.replicate.calls()).toEqual({});
  });

  it('is looked at again when the provider is asked: a dear one is passed over, a cheap one may still fit', async () => {
    await spend(0.98);
    const somebody = await studio.user({ credits: 10 });
    const { id } = await studio.generate(somebody, { plan: [DEV, SCHNELL, ILLUSTRATOR] });
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', model: SCHNELL.model });
    const attempts = await listAttempts(studio.database, [id]);
    expect(attempts.map(({ state, failure }) => failure?.kind ?? state)).toEqual(['over_budget', 'succeeded']);
    expect(await readSpending(studio.database)).toEqual({ replicate: 0.983 });
  });
});

describe('an open circuit', () => {
  it('is left out of the plan with its end, and told to whom no fallback is allowed', async () => {
    await spend(0);
    const { failed } = createCircuitBreakers(studio.database);
    for (let times = 0; times < FAILURES_TO_OPEN; times += 1) {
      await failed({ ...DEV, attemptId: randomUUID() }, { kind: 'transient', retryAfterMs: 600_000 });
    }
    await planBeginsWith('Illustrator');
    const { choice } = await make();
    expect(choice.find(({ model }) => model === 'FLUX.1 [dev]')).toMatchObject({
      position: null,
      reasons: ['circuit_open'],
      explanation: expect.stringMatching(/^It fails at present, nobody orders before 20\d\d-/) as string,
      outcome: 'not_tried',
    });
    const { retryAfterS, ...told } = await refusal();
    expect(told).toMatchObject({
      status: 503,
      code: 'unavailable',
      detail: expect.stringContaining('fail at present') as string,
    });
    expect(retryAfterS).toBeGreaterThan(500);
    expect(studio.replicate.calls()).toEqual({});
  });
});
