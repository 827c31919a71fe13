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

describe('the Replicate provider, submitting', () => {
  it.each([
    ['black-forest-labs/flux-schnell', 0.003],
    ['black-forest-labs/flux-dev', 0.025],
    ['black-forest-labs/flux-1.1-pro', 0.04],
  ])('generates an image with %s at its list price', async (model, costUsd) => {
    const progress = await bench.finish({ ...REQUEST, model });
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    expect(progress.image.costUsd).toBe(costUsd);
    const { widthPx, heightPx } = await encodeImage(progress.image.bytes);
    expect(heightPx).toBeGreaterThan(widthPx);
    expect(bench.fake.ledger()).toMatchObject([
      { model, seed: REQUEST.seed, prompt: REQUEST.prompt, state: 'succeeded' },
    ]);
  });

  it('generates the same image for the same seed and another for another seed', async () => {
    const bytes = async (seed: number) => {
      const progress = await bench.finish({ ...REQUEST, seed });
      return progress.state === 'succeeded' ? progress.image.bytes.toString('base64') : progress.state;
    };
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(8)).not.toBe(await bytes(7));
  });

  it('suggests the first poll after the typical duration', async () => {
    const { pollAfterMs } = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    expect(pollAfterMs).toBe(1_000);
  });

  it('sends nothing for an unknown model', async () => {
    const failure = await failureOf(bench.provider.submit({ ...REQUEST, model: 'nobody/nothing' }, NEVER_ABORTED));
    expect(failure).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(bench.fake.calls()).toEqual({});
  });
});

describe('the Replicate provider, refused', () => {
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
      '429 with the pause in text',
      { on: 'create', fault: 'rate_limited', retryAfterS: 30, retryAfterIn: 'text' },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 30_000 },
    ],
    ['401', { on: 'create', fault: 'auth' }, { kind: 'auth', accepted: 'no' }],
    ['402', { on: 'create', fault: 'no_funds' }, { kind: 'insufficient_funds', accepted: 'no' }],
    ['422', { on: 'create', fault: 'invalid_input' }, { kind: 'invalid_input', accepted: 'no' }],
    ['500', { on: 'create', fault: 'server_error' }, { kind: 'transient', accepted: 'maybe' }],
  ];
  it.each(cases)('reports %s by kind, after one call', async (_, fault, expected) => {
    bench.fake.script({ ...fault, times: ALWAYS });
    expect(await failureOf(bench.provider.submit(REQUEST, NEVER_ABORTED))).toMatchObject(expected);
    expect(bench.fake.calls()).toEqual({ 'POST /v1/models/black-forest-labs/flux-schnell/predictions': 1 });
    expect(bench.fake.ledger()).toEqual([]);
  });

  it('reports a wrong token as an auth failure, as does the health check', async () => {
    await expect(bench.provider.healthCheck(NEVER_ABORTED)).resolves.toBeUndefined();
    const unauthorized = bench.providerWith('r8_wrong');
    expect(await failureOf(unauthorized.submit(REQUEST, NEVER_ABORTED))).toMatchObject({
      kind: 'auth',
      accepted: 'no',
    });
    expect(await failureOf(unauthorized.healthCheck(NEVER_ABORTED))).toMatchObject({ kind: 'auth' });
  });

  it('does not repeat the prompt in its message', async () => {
    bench.fake.script({ on: 'create', fault: 'invalid_input' });
    const failure = await failureOf(bench.provider.submit(REQUEST, NEVER_ABORTED));
    expect(failure.message).toBe('Replicate answered 422: Input validation failed, input.prompt');
  });
});
