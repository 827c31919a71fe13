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

describe('a prediction that ends badly', () => {
  it('by the content checker is moderated', async () => {
    bench.fake.script({ on: 'prediction', fault: 'nsfw' });
    expect(await bench.outcome()).toMatchObject({ kind: 'moderated' });
  });

  it('by an error of the model is transient, and its message leaves the prompt out', async () => {
    bench.fake.script({ on: 'prediction', fault: 'failed', error: `could not paint "${REQUEST.prompt}"` });
    expect(await bench.outcome()).toMatchObject({
      kind: 'transient',
      message: 'The prediction failed: could not paint "[prompt]"',
    });
  });

  it('by an error that only quotes a rude prompt is not moderated', async () => {
    const request = { ...REQUEST, prompt: 'nsfw' };
    bench.fake.script({ on: 'prediction', fault: 'failed', error: 'no capacity for "nsfw"' });
    expect(await bench.outcome(request)).toMatchObject({ kind: 'transient' });
  });

  it.each([
    ['without output', 'empty', 'corrupt_output'],
    ['with deleted data', 'deleted', 'corrupt_output'],
    ['with 21 MB', 'oversized', 'corrupt_output'],
    ['with an address elsewhere', 'foreign_output', 'corrupt_output'],
  ] as const)('%s gives no image', async (_, fault, kind) => {
    bench.fake.script({ on: 'prediction', fault });
    expect(await bench.outcome()).toMatchObject({ kind });
  });

  it('and whose file is still missing ten minutes later is given up', async () => {
    const past = await createFakeReplicate({ now: () => Date.now() - 10 * 60_000, runsMs: 0 });
    try {
      past.script({ on: 'prediction', fault: 'file_late', ms: 60 * 60_000 });
      const adapter = createReplicateProvider({ token: past.token, baseUrl: past.url });
      const job = await adapter.submit(REQUEST, NEVER_ABORTED);
      const failure = { kind: 'corrupt_output', message: 'The output was already deleted' };
      expect(await adapter.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'failed', failure });
    } finally {
      await past.stop();
    }
  });

  it('with damaged bytes is caught when it is published', async () => {
    bench.fake.script({ on: 'prediction', fault: 'corrupt' });
    const progress = await bench.finish();
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    await expect(encodeImage(progress.image.bytes)).rejects.toBeInstanceOf(CorruptImage);
  });
});

describe('asking', () => {
  it.each(['server_error', 'reset', 'hang', 'torn_reply', 'rate_limited'] as const)(
    'that fails by %s keeps the handle good, and is one call',
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

  it.each(['server_error', 'reset', 'hang'] as const)(
    'for the file that fails by %s can be repeated',
    async (fault) => {
      const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
      bench.pass(1_000);
      bench.fake.script({ on: 'output', fault });
      const failure = await failureOf(bench.providerFor(fault).poll(job, REQUEST, NEVER_ABORTED));
      expect(failure).toMatchObject({ kind: 'transient' });
      expect(await bench.pollUntilOver(job.externalId)).toMatchObject({ state: 'succeeded' });
    },
  );

  it('for a file that is not there yet can be repeated', async () => {
    bench.fake.script({ on: 'prediction', fault: 'file_late', ms: 20_000 });
    const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    expect(await failureOf(bench.pollUntilOver(job.externalId))).toMatchObject({ kind: 'transient' });
    bench.pass(20_000);
    expect(await bench.pollUntilOver(job.externalId)).toMatchObject({ state: 'succeeded' });
  });

  it('with an id that would lead elsewhere is not sent', async () => {
    const job = { externalId: '../account' };
    expect(await failureOf(bench.provider.poll(job, REQUEST, NEVER_ABORTED))).toMatchObject({ kind: 'invalid_input' });
    expect(bench.fake.calls()).toEqual({});
  });
});
