import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeFal, type FakeFal, type FakeFalOptions } from '#tests/fakes/fal/fake-fal.ts';
import { failureOf, NEVER_ABORTED, NO_CALLBACK } from '#tests/fakes/conformance/provider-call.ts';
import type { ImageRequest } from '../port.ts';
import { createFalProvider, type FalOptions } from './fal-provider.ts';

const REQUEST: ImageRequest = {
  attemptId: '0190b2f0-0000-7000-8000-000000000001',
  model: 'fal-ai/flux/dev',
  prompt: 'A portrait of a lighthouse keeper with a copper beard',
  seed: 4_000_000_123,
  aspectRatio: '16:9',
  sizePx: 1024,
  style: 'photorealistic',
  attributes: {},
};
const isClaimed = () => Promise.resolve(false);

const fakes: FakeFal[] = [];
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.stop()));
});

async function open(options: FakeFalOptions = {}, settings: Partial<FalOptions> = {}) {
  const fake = await createFakeFal({ runsMs: 0, ...options });
  fakes.push(fake);
  const { key, queueUrl, apiUrl } = fake;
  const provider = createFalProvider({ key, queueUrl, apiUrl, settlesMs: 0, pollEveryMs: 20, ...settings });
  return { fake, provider };
}

describe('the fal provider', () => {
  it('submits to the whole model name and polls under its app', async () => {
    const { fake, provider } = await open();
    const { externalId, pollAfterMs } = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(externalId).toMatch(/^fal-ai\/flux\/[0-9a-f-]{36}$/);
    expect(pollAfterMs).toBe(3_000);
    expect(await provider.poll({ externalId }, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
    expect(fake.calls()).toEqual({ create: 1, get: 1, result: 1, output: 1 });
  });

  it.each(['fal-ai/flux/schnell', 'fal-ai/flux/dev', 'fal-ai/flux-pro/v1.1'])(
    'sends an input that the published schema of %s accepts',
    async (model) => {
      const { fake, provider } = await open();
      const job = await provider.submit({ ...REQUEST, model }, NEVER_ABORTED);
      expect(await provider.poll(job, { ...REQUEST, model }, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      expect(fake.ledger()).toMatchObject([{ model, seed: REQUEST.seed, prompt: REQUEST.prompt }]);
    },
  );

  it('reports a request that no runner started in time as a timeout', async () => {
    let aheadMs = 0;
    const { fake, provider } = await open({ now: () => Date.now() + aheadMs });
    fake.script({ on: 'prediction', fault: 'never_starts' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    aheadMs = 19_000;
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'running' });
    aheadMs = 21_000;
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'timeout' } });
  });

  it('reports a policy violation as moderated, without the prompt', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'nsfw', error: 'content_policy_violation' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    const progress = await provider.poll(job, REQUEST, NEVER_ABORTED);
    expect(progress).toMatchObject({
      failure: { kind: 'moderated', message: 'fal ended the job: content_policy_violation' },
    });
  });

  it('does not download an image from another host', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'foreign_output' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'corrupt_output' } });
  });

  it('fails a job whose result was deleted, but not one whose file is late', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'deleted' }, { on: 'prediction', fault: 'file_late' });
    const deleted = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.poll(deleted, REQUEST, NEVER_ABORTED)).toMatchObject({
      failure: { kind: 'corrupt_output' },
    });
    const late = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await failureOf(provider.poll(late, REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'transient' });
  });

  it.each(['server_error', 'rate_limited', 'auth', 'reset'] as const)(
    'can poll again after reading the result failed by %s',
    async (fault) => {
      const { fake, provider } = await open();
      const job = await provider.submit(REQUEST, NEVER_ABORTED);
      fake.script({ on: 'result', fault });
      await failureOf(provider.poll(job, REQUEST, NEVER_ABORTED));
      expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
    },
  );
});

describe('the fal provider, submitting', () => {
  it('takes the path of the request from the reply', async () => {
    const { fake } = await open();
    const { key, queueUrl, apiUrl } = fake;
    const moved: typeof fetch = async (input, init) => {
      const reply = await fetch(input, init);
      if (init?.method !== 'POST') return reply;
      const body = (await reply.json()) as { request_id: string };
      const response_url = `https://queue.fal.run/fal-ai/flux/dev/requests/${body.request_id}`;
      return Response.json({ ...body, response_url });
    };
    const provider = createFalProvider({ key, queueUrl, apiUrl, fetch: moved });
    const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(externalId).toBe(`fal-ai/flux/dev/${fake.ledger()[0]?.id}`);
  });

  it.each(['https://queue.fal.run/../requests/', 'nonsense', null])(
    'uses the usual path when the reply names %s',
    async (response) => {
      const reply = (id: string) => Response.json({ request_id: id, response_url: response && `${response}${id}` });
      const fetchReply = () => Promise.resolve(reply('0190b2f0-0000-7000-8000-00000000000a'));
      const provider = createFalProvider({ key: 'key', fetch: fetchReply });
      const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
      expect(externalId).toBe('fal-ai/flux/0190b2f0-0000-7000-8000-00000000000a');
    },
  );

  it('refuses another model in place of the requested one, and lets output files expire', async () => {
    let aheadMs = 0;
    const { fake, provider } = await open({ now: () => Date.now() + aheadMs });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(fake.ledger()).toMatchObject([{ isFallbackAllowed: false }]);
    aheadMs = 2 * 3_600_000;
    expect(await failureOf(provider.poll(job, REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'transient' });
  });

  it('reports the cost by the units that the service bills', async () => {
    const { fake } = await open();
    const { key, queueUrl, apiUrl } = fake;
    const costWith = async (units: string | undefined) => {
      const billed: typeof fetch = async (input, init) => {
        const reply = await fetch(input, init);
        const headers = new Headers(reply.headers);
        headers.delete('x-fal-billable-units');
        if (units !== undefined) headers.set('x-fal-billable-units', units);
        return new Response(reply.body, { status: reply.status, headers });
      };
      const provider = createFalProvider({ key, queueUrl, apiUrl, fetch: billed });
      const progress = await provider.poll(await provider.submit(REQUEST, NEVER_ABORTED), REQUEST, NEVER_ABORTED);
      return progress.state === 'succeeded' ? progress.image.costUsd : undefined;
    };
    expect(await costWith('2')).toBeCloseTo(0.05);
    for (const units of [undefined, '1', '0', '-1', '1000', 'many']) expect(await costWith(units)).toBeCloseTo(0.025);
  });
});

describe('the fal provider, finding the request that a callback named', () => {
  const named = (requestId: string | undefined, isOther = false) => ({
    request: REQUEST,
    startedAt: new Date(),
    isClaimed: () => Promise.resolve(isOther),
    calledBackJob: () => Promise.resolve(requestId),
  });

  it('adopts it at once, although the history does not list it yet', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'unlisted', ms: 60_000 });
    const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.find(named(fake.ledger()[0]?.id), NEVER_ABORTED)).toEqual({ externalId });
  });

  it.each([
    ['another attempt owns it', REQUEST, true],
    ['it is of another prompt', { ...REQUEST, prompt: 'a baker' }, false],
  ])('does not adopt it when %s', async (_, request, isOther) => {
    const { fake, provider } = await open();
    await provider.submit(request, NEVER_ABORTED);
    expect(await provider.find(named(fake.ledger()[0]?.id, isOther), NEVER_ABORTED)).toBeUndefined();
  });

  it('throws when the service does not know it', async () => {
    const { provider } = await open();
    const failure = await failureOf(provider.find(named('0190b2f0-0000-7000-8000-00000000000b'), NEVER_ABORTED));
    expect(failure.kind).toBe('transient');
  });
});

describe('the fal provider, finding a lost request', () => {
  it('searches until the request must have finished, since the history lists only finished ones', async () => {
    const { fake, provider } = await open({ runsMs: 200 }, { settlesMs: 2_000 });
    fake.script({ on: 'create', fault: 'reset_after_accept' });
    const startedAt = new Date();
    await failureOf(provider.submit(REQUEST, NEVER_ABORTED));
    const found = await provider.find({ request: REQUEST, startedAt, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED);
    expect(found?.externalId).toContain(fake.ledger()[0]?.id);
    expect(fake.calls().list).toBeGreaterThan(1);
  });

  it('finds the oldest request that succeeded, and none older than the attempt', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'failed' });
    await provider.submit(REQUEST, NEVER_ABORTED);
    await sleep(5);
    const first = await provider.submit(REQUEST, NEVER_ABORTED);
    await sleep(5);
    await provider.submit(REQUEST, NEVER_ABORTED);
    const lost = { request: REQUEST, startedAt: new Date(), isClaimed, ...NO_CALLBACK };
    expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId: first.externalId });
    const later = { ...lost, startedAt: new Date(Date.now() + 10 * 60_000) };
    expect(await provider.find(later, AbortSignal.timeout(1_000)).catch(() => 'still searching')).toBe(
      'still searching',
    );
  });

  it('distinguishes two requests by their reference image', async () => {
    const { provider } = await open();
    const requestWith = (color: string) => {
      const bytes = Buffer.from(color);
      const reference = { mode: 'variation', bytes, mimeType: 'image/jpeg', strength: 0.4, seed: 3 } as const;
      return { ...REQUEST, model: 'fal-ai/flux/dev/image-to-image', reference };
    };
    await provider.submit(requestWith('red'), NEVER_ABORTED);
    const findWith = (color: string) =>
      provider.find({ request: requestWith(color), startedAt: new Date(), isClaimed, ...NO_CALLBACK }, NEVER_ABORTED);
    expect(await findWith('red')).toBeDefined();
    expect(await findWith('blue')).toBeUndefined();
  });

  it('finds the request on a later page, and throws when there are too many pages', async () => {
    const { provider } = await open({ pageSize: 2 });
    const lostRequest = await provider.submit(REQUEST, NEVER_ABORTED);
    const submitOthers = async (from: number, to: number) => {
      for (let seed = from; seed < to; seed += 1) await provider.submit({ ...REQUEST, seed }, NEVER_ABORTED);
    };
    await submitOthers(0, 5);
    const lost = { request: REQUEST, startedAt: new Date(), isClaimed, ...NO_CALLBACK };
    expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId: lostRequest.externalId });
    await submitOthers(5, 25);
    expect(await failureOf(provider.find(lost, NEVER_ABORTED))).toMatchObject({ kind: 'transient', accepted: 'maybe' });
  });

  it.each(['server_error', 'auth'] as const)('throws when the history can not be read because of %s', async (fault) => {
    const { fake, provider } = await open();
    fake.script({ on: 'list', fault });
    const failure = await failureOf(
      provider.find({ request: REQUEST, startedAt: new Date(), isClaimed, ...NO_CALLBACK }, NEVER_ABORTED),
    );
    expect(failure.kind).toBe(fault === 'auth' ? 'auth' : 'transient');
  });
});
