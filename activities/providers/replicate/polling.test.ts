import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { createProviderBench, type ProviderBench, REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import { createFakeReplicate } from '#tests/fakes/replicate/fake-replicate.ts';
import { CorruptImage, encodeImage } from '#activities/image/encode-image.ts';
import { createReplicateProvider } from './replicate-provider.ts';

let bench: ProviderBench;
beforeAll(async () => {
  bench = await createProviderBench();
});
beforeEach(() => bench.fake.reset());
afterAll(() => bench.fake.stop());

describe('the Replicate provider, polling a failed prediction', () => {
  it('reports the content filter as moderated', async () => {
    bench.fake.script({ on: 'prediction', fault: 'nsfw' });
    expect(await bench.jobFailure()).toMatchObject({ kind: 'moderated' });
  });

  it('reports an error of the model as transient, without the prompt', async () => {
    bench.fake.script({ on: 'prediction', fault: 'failed', error: `could not generate "${REQUEST.prompt}"` });
    expect(await bench.jobFailure()).toMatchObject({
      kind: 'transient',
      message: 'The prediction failed: could not generate "[prompt]"',
    });
  });

  it('does not mistake a quoted prompt for the content filter', async () => {
    const request = { ...REQUEST, prompt: 'nsfw' };
    bench.fake.script({ on: 'prediction', fault: 'failed', error: 'no capacity for "nsfw"' });
    expect(await bench.jobFailure(request)).toMatchObject({ kind: 'transient' });
  });

  it.each([
    ['without output', 'empty', 'corrupt_output'],
    ['with deleted data', 'deleted', 'corrupt_output'],
    ['with 21 MB', 'oversized', 'corrupt_output'],
    ['with a URL on another host', 'foreign_output', 'corrupt_output'],
  ] as const)('reports a prediction %s as corrupt output', async (_, fault, kind) => {
    bench.fake.script({ on: 'prediction', fault });
    expect(await bench.jobFailure()).toMatchObject({ kind });
  });

  it('gives up a file that is still missing after ten minutes', async () => {
    const past = await createFakeReplicate({ now: () => Date.now() - 10 * 60_000, runsMs: 0 });
    try {
      past.script({ on: 'prediction', fault: 'file_late', ms: 60 * 60_000 });
      const provider = createReplicateProvider({ key: past.token, baseUrl: past.url });
      const job = await provider.submit(REQUEST, NEVER_ABORTED);
      const failure = { kind: 'corrupt_output', message: 'The output is already deleted' };
      expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'failed', failure });
    } finally {
      await past.stop();
    }
  });

  it('returns damaged bytes, which encodeImage refuses', async () => {
    bench.fake.script({ on: 'prediction', fault: 'corrupt' });
    const progress = await bench.finish();
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    await expect(encodeImage(progress.image.bytes)).rejects.toBeInstanceOf(CorruptImage);
  });
});

describe('the Replicate provider, polling', () => {
  it.each(['server_error', 'reset', 'hang', 'torn_reply', 'rate_limited'] as const)(
    'sends one call per poll and can poll again after %s',
    async (fault) => {
      const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
      bench.fake.script({ on: 'get', fault });
      const failure = await failureOf(bench.providerFor(fault).poll(job, REQUEST, NEVER_ABORTED));
      expect(failure.kind).toBe(fault === 'rate_limited' ? 'rate_limited' : 'transient');
      expect(bench.fake.calls()['GET /v1/predictions/:id']).toBe(1);
      expect(await bench.pollUntilOver(job.externalId)).toMatchObject({ state: 'succeeded' });
      expect(bench.fake.ledger()).toHaveLength(1);
    },
  );

  it.each(['server_error', 'reset', 'hang'] as const)('can download the file again after %s', async (fault) => {
    const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    bench.advance(1_000);
    bench.fake.script({ on: 'output', fault });
    const failure = await failureOf(bench.providerFor(fault).poll(job, REQUEST, NEVER_ABORTED));
    expect(failure).toMatchObject({ kind: 'transient' });
    expect(await bench.pollUntilOver(job.externalId)).toMatchObject({ state: 'succeeded' });
  });

  it('can poll again for a file that is not available yet', async () => {
    bench.fake.script({ on: 'prediction', fault: 'file_late', ms: 20_000 });
    const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    expect(await failureOf(bench.pollUntilOver(job.externalId))).toMatchObject({ kind: 'transient' });
    bench.advance(20_000);
    expect(await bench.pollUntilOver(job.externalId)).toMatchObject({ state: 'succeeded' });
  });

  it('does not send an id that would change the path', async () => {
    const job = { externalId: '../account' };
    expect(await failureOf(bench.provider.poll(job, REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'invalid_input' });
    expect(bench.fake.calls()).toEqual({});
  });
});
