import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeFal, type FakeFal } from './fake-fal.ts';
import { deviations } from './published-api.ts';

const MODEL = 'fal-ai/flux/dev';
const INPUT = { prompt: 'a quiet harbor', seed: 7, image_size: { width: 512, height: 384 }, output_format: 'png' };
const RUNS_MS = 1_000;

let fake: FakeFal;
/** How far the fake's clock is ahead of ours. */
let aheadMs = 0;
beforeAll(async () => {
  fake = await createFakeFal({ runsMs: RUNS_MS, pageSize: 2, now: () => Date.now() + aheadMs });
});
beforeEach(() => {
  aheadMs = 0;
  fake.reset();
});
afterAll(() => fake.stop());

async function call(method: string, url: string, init: { body?: object; headers?: Record<string, string> } = {}) {
  const reply = await fetch(url, {
    method,
    headers: { authorization: `Key ${fake.key}`, ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Record<string, string> };
}

function submit(input: object = INPUT, headers: Record<string, string> = {}) {
  return call('POST', `${fake.queueUrl}/${MODEL}`, { body: input, headers });
}

/** Reads a request's result after it has ended, by the URL that the service returned. */
async function resultOf({ response_url: url = '' }: Record<string, string>) {
  aheadMs = 2 * RUNS_MS;
  return call('GET', url);
}

describe('a request at the fal fake', () => {
  it('has the published shape while it waits and runs, and when it succeeds', async () => {
    const { body } = await submit();
    expect(body['status_url']).toBe(`${fake.queueUrl}/fal-ai/flux/requests/${body['request_id']}/status`);
    const statuses = [body['status']];
    for (const passedMs of [0, RUNS_MS / 2, 2 * RUNS_MS]) {
      aheadMs = passedMs;
      const reply = await call('GET', body['status_url'] ?? '');
      expect(deviations('queue', reply.body)).toEqual([]);
      statuses.push(`${reply.status} ${reply.body['status']}`);
    }
    expect(statuses).toEqual(['IN_QUEUE', '202 IN_QUEUE', '202 IN_PROGRESS', '200 COMPLETED']);
    const result = await resultOf(body);
    expect(deviations('output', result.body)).toEqual([]);
    const [output] = result.body['images'] as unknown as { url: string }[];
    const file = await fetch(output?.url ?? '');
    const image = await sharp(Buffer.from(await file.arrayBuffer())).metadata();
    expect(image).toMatchObject({ width: 512, height: 384, format: 'png' });
  });

  it('has the published shape when the model rejects its input', async () => {
    const { body } = await submit({ ...INPUT, num_inference_steps: 51 });
    const result = await resultOf(body);
    expect(result.status).toBe(422);
    expect(deviations('modelError', result.body)).toEqual([]);
    expect(JSON.stringify(result.body)).toContain('num_inference_steps');
    expect(result.headers.get('x-fal-retryable')).toBe('false');
  });

  it('has the published shape when it fails or violates the policy', async () => {
    fake.script(
      { on: 'prediction', fault: 'failed' },
      { on: 'prediction', fault: 'nsfw', error: 'content_policy_violation' },
    );
    const submitted = [await submit(), await submit()] as const;
    const failed = await resultOf(submitted[0].body);
    const refused = await resultOf(submitted[1].body);
    expect([failed.status, failed.headers.get('x-fal-retryable')]).toEqual([500, 'true']);
    expect(deviations('modelError', failed.body)).toEqual([]);
    expect(refused.status).toBe(422);
    expect(deviations('modelError', refused.body)).toEqual([]);
  });

  it('has the published shape when no runner started in time', async () => {
    fake.script({ on: 'prediction', fault: 'never_starts' });
    const { body } = await submit(INPUT, { 'x-fal-request-timeout': '1' });
    const result = await resultOf(body);
    expect([result.status, result.headers.get('x-fal-error-type')]).toEqual([504, 'request_timeout']);
    expect(deviations('platformError', result.body)).toEqual([]);
  });

  it('has the published replies to a cancellation: first, late, and unknown', async () => {
    const { body } = await submit();
    const cancel = () => call('PUT', body['cancel_url'] ?? '');
    const replies = [
      await cancel(),
      await cancel(),
      await call('PUT', `${fake.queueUrl}/fal-ai/flux/requests/x-x/cancel`),
    ];
    for (const reply of replies) expect(deviations('cancel', reply.body)).toEqual([]);
    expect(replies.map(({ status }) => status)).toEqual([202, 400, 404]);
    expect((await resultOf(body)).status).toBe(499);
  });
});

describe('the history of the fal fake', () => {
  const list = (query: Record<string, string> = {}) =>
    call('GET', `${fake.apiUrl}/models/requests/by-endpoint?${new URLSearchParams({ endpoint_id: MODEL, ...query })}`);

  it('lists finished requests, newest first, in pages, with inputs on request', async () => {
    const ids: (string | undefined)[] = [];
    for (let seed = 0; seed < 3; seed += 1) ids.unshift((await submit({ ...INPUT, seed })).body['request_id']);
    expect((await list()).body).toMatchObject({ items: [], has_more: false });
    aheadMs = 2 * RUNS_MS;
    const first = await list({ expand: 'payloads' });
    const second = await list({ cursor: first.body['next_cursor'] ?? '' });
    for (const { body } of [first, second]) expect(deviations('history', body)).toEqual([]);
    expect(first.body).toMatchObject({
      items: [{ request_id: ids[0], json_input: { prompt: INPUT.prompt, seed: 2 } }, { request_id: ids[1] }],
      has_more: true,
    });
    expect(second.body).toMatchObject({ items: [{ request_id: ids[2] }], has_more: false });
  });

  it('lists the requests of one model only', async () => {
    await submit();
    aheadMs = 2 * RUNS_MS;
    expect((await list({ endpoint_id: 'fal-ai/flux/schnell' })).body['items']).toEqual([]);
  });
});

it('the fal fake refuses a wrong key and an unknown model at no cost', async () => {
  expect((await submit(INPUT, { authorization: 'Key other' })).status).toBe(401);
  expect((await call('POST', `${fake.queueUrl}/nobody/nothing`, { body: INPUT })).status).toBe(404);
  expect(fake.ledger()).toEqual([]);
});
