import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeFal, type FakeFal, type FakeFalOptions } from '#tests/fakes/fal/fake-fal.ts';
import { failureOf, NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
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

describe('an order', () => {
  it('goes to the whole model and is asked about under its app alone', async () => {
    const { fake, provider } = await open();
    const { externalId, pollAfterMs } = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(externalId).toMatch(/^fal-ai\/flux\/[0-9a-f-]{36}$/);
    expect(pollAfterMs).toBe(3_000);
    expect(await provider.poll({ externalId }, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
    expect(fake.calls()).toEqual({ create: 1, get: 1, result: 1, output: 1 });
  });

  it.each(['fal-ai/flux/schnell', 'fal-ai/flux/dev', 'fal-ai/flux-pro/v1.1'])(
    'to %s is in words its published schema accepts',
    async (model) => {
      const { fake, provider } = await open();
      const job = await provider.submit({ ...REQUEST, model }, NEVER_ABORTED);
      expect(await provider.poll(job, { ...REQUEST, model }, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      expect(fake.ledger()).toMatchObject([{ model, seed: REQUEST.seed, prompt: REQUEST.prompt }]);
    },
  );

  it('that nobody begins in time is dropped by the service, and told as that', async () => {
    let aheadMs = 0;
    const { fake, provider } = await open({ now: () => Date.now() + aheadMs });
    fake.script({ on: 'prediction', fault: 'never_starts' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    aheadMs = 19_000;
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'running' });
    aheadMs = 21_000;
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'timeout' } });
  });

  it('that breaks the policy is moderated, and the words are not repeated', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'nsfw', error: 'content_policy_violation' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    const progress = await provider.poll(job, REQUEST, NEVER_ABORTED);
    expect(progress).toMatchObject({
      failure: { kind: 'moderated', message: 'fal ended the work: content_policy_violation' },
    });
  });

  it('whose image is on another host is not followed there', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'foreign_output' });
    const job = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'corrupt_output' } });
  });

  it('whose result was forgotten is over; whose file is late is not', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'deleted' }, { on: 'prediction', fault: 'file_late' });
    const forgotten = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.poll(forgotten, REQUEST, NEVER_ABORTED)).toMatchObject({
      failure: { kind: 'corrupt_output' },
    });
    const late = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await failureOf(provider.poll(late, REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'transient' });
  });

  it.each(['server_error', 'rate_limited', 'auth', 'reset'] as const)(
    'whose result can not be had because of %s keeps its handle',
    async (fault) => {
      const { fake, provider } = await open();
      const job = await provider.submit(REQUEST, NEVER_ABORTED);
      fake.script({ on: 'result', fault });
      await failureOf(provider.poll(job, REQUEST, NEVER_ABORTED));
      expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
    },
  );
});

describe('looking for a lost order', () => {
  it('goes on until it must be over, because the history only knows what is over', async () => {
    const { fake, provider } = await open({ runsMs: 200 }, { settlesMs: 2_000 });
    fake.script({ on: 'create', fault: 'reset_after_accept' });
    const startedAt = new Date();
    await failureOf(provider.submit(REQUEST, NEVER_ABORTED));
    const found = await provider.find({ request: REQUEST, startedAt, isClaimed }, NEVER_ABORTED);
    expect(found?.externalId).toContain(fake.ledger()[0]?.id);
    expect(fake.calls().list).toBeGreaterThan(1);
  });

  it('takes the oldest that gave an image, and none that is too old', async () => {
    const { fake, provider } = await open();
    fake.script({ on: 'prediction', fault: 'failed' });
    await provider.submit(REQUEST, NEVER_ABORTED);
    await sleep(5);
    const first = await provider.submit(REQUEST, NEVER_ABORTED);
    await sleep(5);
    await provider.submit(REQUEST, NEVER_ABORTED);
    const lost = { request: REQUEST, startedAt: new Date(), isClaimed };
    expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId: first.externalId });
    const later = { ...lost, startedAt: new Date(Date.now() + 10 * 60_000) };
    expect(await provider.find(later, AbortSignal.timeout(1_000)).catch(() => 'looked on')).toBe('looked on');
  });

  it('tells two orders apart by the image they begin with', async () => {
    const { provider } = await open();
    const beginning = (color: string) => {
      const bytes = Buffer.from(color);
      const reference = { mode: 'variation', bytes, mimeType: 'image/jpeg', strength: 0.4, seed: 3 } as const;
      return { ...REQUEST, model: 'fal-ai/flux/dev/image-to-image', reference };
    };
    await provider.submit(beginning('red'), NEVER_ABORTED);
    const colorDistance = (color: string) =>
      provider.find({ request: beginning(color), startedAt: new Date(), isClaimed }, NEVER_ABORTED);
    expect(await colorDistance('red')).toBeDefined();
    expect(await colorDistance('blue')).toBeUndefined();
  });

  it('finds the order on a later page, and is unsure rather than wrong beyond the last', async () => {
    const { provider } = await open({ pageSize: 2 });
    const mine = await provider.submit(REQUEST, NEVER_ABORTED);
    const others = async (from: number, to: number) => {
      for (let seed = from; seed < to; seed += 1) await provider.submit({ ...REQUEST, seed }, NEVER_ABORTED);
    };
    await others(0, 5);
    const lost = { request: REQUEST, startedAt: new Date(), isClaimed };
    expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId: mine.externalId });
    await others(5, 25);
    expect(await failureOf(provider.find(lost, NEVER_ABORTED))).toMatchObject({ kind: 'transient', accepted: 'maybe' });
  });

  it.each(['server_error', 'auth'] as const)('leaves the question open when the look-up fails by %s', async (fault) => {
    const { fake, provider } = await open();
    fake.script({ on: 'list', fault });
    const failure = await failureOf(
      provider.find({ request: REQUEST, startedAt: new Date(), isClaimed }, NEVER_ABORTED),
    );
    expect(failure.kind).toBe(fault === 'auth' ? 'auth' : 'transient');
  });
});
