import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALWAYS, type FaultScript } from '#tests/fakes/faults/fault.ts';
import { failureOf, NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { createProviderBench, type ProviderBench, REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import { encodeImage } from '#activities/image/encode-image.ts';
import type { ProviderFailure } from '../port.ts';

let bench: ProviderBench;
beforeAll(async () => {
  bench = await createProviderBench();
});
beforeEach(() => bench.fake.reset());
afterAll(() => bench.fake.stop());

describe('an image', () => {
  it.each([
    ['black-forest-labs/flux-schnell', 0.003],
    ['black-forest-labs/flux-dev', 0.025],
    ['black-forest-labs/flux-1.1-pro', 0.04],
  ])('comes from %s at its list price, by inputs its published schema accepts', async (model, costUsd) => {
    const progress = await bench.finish({ ...REQUEST, model });
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    expect(progress.image.costUsd).toBe(costUsd);
    const { widthPx, heightPx } = await encodeImage(progress.image.bytes);
    expect(heightPx).toBeGreaterThan(widthPx);
    expect(bench.fake.ledger()).toMatchObject([
      { model, seed: REQUEST.seed, prompt: REQUEST.prompt, state: 'succeeded' },
    ]);
  });

  it('is the same for the same seed and another for another', async () => {
    const bytes = async (seed: number) => {
      const progress = await bench.finish({ ...REQUEST, seed });
      return progress.state === 'succeeded' ? progress.image.bytes.toString('base64') : progress.state;
    };
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(8)).not.toBe(await bytes(7));
  });

  it('is first asked for when the model is usually done', async () => {
    const { pollAfterMs } = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    expect(pollAfterMs).toBe(1_000);
  });

  it('of an unknown model is not ordered at all', async () => {
    const failure = await failureOf(bench.provider.submit({ ...REQUEST, model: 'nobody/nothing' }, NEVER_ABORTED));
    expect(failure).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(bench.fake.calls()).toEqual({});
  });
});

describe('an order that is refused', () => {
  const cases: [string, FaultScript, Partial<ProviderFailure>][] = [
    [
      '429 with a header',
      { on: 'create', fault: 'rate_limited', retryAfterS: 7 },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 7_000 },
    ],
    [
      '429 with the pause in the body',
      { on: 'create', fault: 'rate_limited', retryAfterS: 5, retryAfterIn: 'body' },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 5_000 },
    ],
    [
      '429 with the pause in words',
      { on: 'create', fault: 'rate_limited', retryAfterS: 30, retryAfterIn: 'words' },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 30_000 },
    ],
    ['401', { on: 'create', fault: 'auth' }, { kind: 'auth', accepted: 'no' }],
    ['402', { on: 'create', fault: 'no_funds' }, { kind: 'insufficient_funds', accepted: 'no' }],
    ['422', { on: 'create', fault: 'invalid_input' }, { kind: 'invalid_input', accepted: 'no' }],
    ['500', { on: 'create', fault: 'server_error' }, { kind: 'transient', accepted: 'maybe' }],
  ];
  it.each(cases)('by %s is told as what it is, after one call', async (_, fault, expected) => {
    bench.fake.script({ ...fault, times: ALWAYS });
    expect(await failureOf(bench.provider.submit(REQUEST, NEVER_ABORTED))).toMatchObject(expected);
    expect(bench.fake.calls()).toEqual({ 'POST /v1/models/black-forest-labs/flux-schnell/predictions': 1 });
    expect(bench.fake.ledger()).toEqual([]);
  });

  it('for a wrong token is an auth failure, which the health check tells beforehand', async () => {
    await expect(bench.provider.healthCheck(NEVER_ABORTED)).resolves.toBeUndefined();
    const stranger = bench.providerWith('r8_wrong');
    expect(await failureOf(stranger.submit(REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'auth', accepted: 'no' });
    expect(await failureOf(stranger.healthCheck(NEVER_ABORTED))).toMatchObject({ kind: 'auth' });
  });

  it('does not repeat what the person wrote', async () => {
    bench.fake.script({ on: 'create', fault: 'invalid_input' });
    const failure = await failureOf(bench.provider.submit(REQUEST, NEVER_ABORTED));
    expect(failure.message).toBe('Replicate answered 422: Input validation failed, input.prompt');
  });
});
