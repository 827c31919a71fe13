import { setTimeout as sleep } from 'node:timers/promises';
import Replicate from 'replicate';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeReplicate, type FakeReplicate } from './fake-replicate.ts';
import { deviations, isPublishedPage, isPublishedPrediction } from './published-api.ts';

const MODEL = 'black-forest-labs/flux-schnell';
const PRO = 'black-forest-labs/flux-1.1-pro';
const INPUT = { prompt: 'a quiet harbor', seed: 7 };
const RUNS_MS = 250;
/** The service documents that inputs and outputs are deleted after an hour. */
const HOUR_MS = 60 * 60_000;

interface PredictionBody {
  id: string;
  status: string;
  output: string[] | string | null;
  error: string | null;
  data_removed: boolean;
  created_at: string;
  deadline?: string;
}

let fake: FakeReplicate;
/** How far the fake's clock is ahead of ours. */
let aheadMs = 0;
beforeAll(async () => {
  fake = await createFakeReplicate({ runsMs: RUNS_MS, pageSize: 3, now: () => Date.now() + aheadMs });
});
beforeEach(() => {
  aheadMs = 0;
  fake.reset();
});
afterAll(() => fake.stop());

async function call(method: string, path: string, init: { body?: unknown; headers?: Record<string, string> } = {}) {
  const reply = await fetch(path.startsWith('http') ? path : `${fake.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${fake.token}`, 'content-type': 'application/json', ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as PredictionBody };
}

function create(headers: Record<string, string> = {}, input: object = INPUT, model = MODEL) {
  return call('POST', `/models/${model}/predictions`, { body: { input }, headers });
}

describe('a prediction at the Replicate fake', () => {
  it('has the published shape when created, running, done, and after its data is removed', async () => {
    fake.script({ on: 'prediction', fault: 'slow', ms: 60_000 });
    const created = await create();
    expect(created).toMatchObject({ status: 201, body: { status: 'starting', output: null } });
    const bodies = [created.body];
    for (const passedMs of [30_000, 60_000, 60_000 + HOUR_MS]) {
      aheadMs = passedMs;
      bodies.push((await call('GET', `/predictions/${created.body.id}`)).body);
    }
    for (const body of bodies) expect(deviations(isPublishedPrediction, body)).toEqual([]);
    expect(bodies.map(({ status }) => status)).toEqual(['starting', 'processing', 'succeeded', 'succeeded']);
    expect(bodies[2]?.output).toHaveLength(1);
    expect(bodies[3]).toMatchObject({ input: {}, output: null, data_removed: true });
  });

  it('has the published shape when it failed, was moderated or was cancelled', async () => {
    fake.script({ on: 'prediction', fault: 'nsfw' }, { on: 'prediction', fault: 'failed', error: 'no GPU' });
    const checked = (await create()).body.id;
    const failed = (await create()).body.id;
    const cancelled = (await create()).body.id;
    expect((await call('POST', `/predictions/${cancelled}/cancel`)).body.status).toBe('canceled');
    aheadMs = 2 * RUNS_MS;
    const shown = await Promise.all([checked, failed, cancelled].map((id) => call('GET', `/predictions/${id}`)));
    for (const { body } of shown) expect(deviations(isPublishedPrediction, body)).toEqual([]);
    expect(shown.map(({ body }) => body.status)).toEqual(['failed', 'failed', 'canceled']);
    expect(shown[0]?.body.error).toContain('NSFW');
    expect(shown[1]?.body.error).toBe('no GPU');
  });

  it('has a deadline when Cancel-After was sent', async () => {
    const { body } = await create({ 'cancel-after': '1m30s' });
    expect(deviations(isPublishedPrediction, body)).toEqual([]);
    expect(Date.parse(body.deadline ?? '') - Date.parse(body.created_at)).toBe(90_000);
  });
});

describe('the Replicate fake with Prefer: wait', () => {
  it('replies 201 with the output', async () => {
    const { status, body } = await create({ prefer: 'wait' });
    expect({ status, state: body.status }).toEqual({ status: 201, state: 'succeeded' });
    expect(body.output).toHaveLength(1);
  });

  it('replies 202 without the output when the time is too short', async () => {
    fake.script({ on: 'prediction', fault: 'slow', ms: 5_000 });
    const { status, body } = await create({ prefer: 'wait=1' });
    expect({ status, output: body.output }).toEqual({ status: 202, output: null });
  });
});

describe('the list of the Replicate fake', () => {
  it('has the published shape, newest first, in linked pages', async () => {
    const ids: string[] = [];
    for (let seed = 0; seed < 7; seed += 1) ids.unshift((await create({}, { ...INPUT, seed })).body.id);
    const client = new Replicate({ auth: fake.token, baseUrl: fake.url, useFileOutput: false });
    const listed: string[] = [];
    for await (const page of client.paginate(client.predictions.list)) listed.push(...page.map(({ id }) => id));
    expect(listed).toEqual(ids);
    expect(deviations(isPublishedPage, (await call('GET', '/predictions')).body)).toEqual([]);
  });

  it('can be filtered by time', async () => {
    await create();
    await sleep(5);
    const between = new Date().toISOString();
    await sleep(5);
    const { body } = await create();
    const later = await call('GET', `/predictions?created_after=${between}`);
    expect(later.body).toMatchObject({ results: [{ id: body.id }] });
    const earlier = await call('GET', `/predictions?created_before=${between}`);
    expect(earlier.body).not.toMatchObject({ results: [{ id: body.id }] });
  });
});

describe('the Replicate fake, refusing', () => {
  it('replies 401 without the right token', async () => {
    expect((await create({ authorization: 'Bearer r8_other' })).status).toBe(401);
    expect(fake.ledger()).toEqual([]);
  });

  it.each([
    ['a field the model does not have', MODEL, { ...INPUT, negative_prompt: 'blur' }, 'input'],
    ['a value beyond its range', PRO, { ...INPUT, aspect_ratio: 'custom', width: 1441, height: 512 }, 'input.width'],
    ['no prompt', MODEL, { seed: 1 }, 'input.prompt'],
  ])('replies 422 with the field for %s', async (_, model, input, field) => {
    const { status, body } = await create({}, input, model);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(`"field":"${field}`);
    expect(fake.ledger()).toEqual([]);
  });

  it('replies 404 for an unknown model or prediction', async () => {
    expect((await create({}, INPUT, 'nobody/nothing')).status).toBe(404);
    expect((await call('GET', '/predictions/gm3qorzdhgbfurvjtvhg6dckhu')).status).toBe(404);
  });

  it('replies 429 with Retry-After when rate limited', async () => {
    fake.script({ on: 'create', fault: 'rate_limited', retryAfterS: 9 });
    const { status, headers } = await create();
    expect([status, headers.get('retry-after')]).toEqual([429, '9']);
  });
});

it.each([
  [MODEL, { ...INPUT, aspect_ratio: '16:9', megapixels: '1' }, 1344, 768, 'webp'],
  [MODEL, { ...INPUT, aspect_ratio: '1:1', megapixels: '0.25', output_format: 'png' }, 512, 512, 'png'],
  [PRO, { ...INPUT, aspect_ratio: 'custom', width: 1024, height: 576, output_format: 'jpg' }, 1024, 576, 'jpeg'],
])(
  'the Replicate fake generates with %s in the requested size and format',
  async (model, input, width, height, format) => {
    const { body } = await create({ prefer: 'wait' }, input, model);
    const reply = await fetch(String([body.output].flat()[0]), { headers: { authorization: `Bearer ${fake.token}` } });
    const image = await sharp(Buffer.from(await reply.arrayBuffer())).metadata();
    expect(image).toMatchObject({ width, height, format });
  },
);
