import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageProvider, ImageRequest, JobProgress, ProviderFailure } from '#activities/providers/port.ts';
import { createReplicateProvider } from '#activities/providers/replicate/replicate-provider.ts';
import { NEVER_ABORTED } from '../conformance/provider-call.ts';
import { createFakeReplicate, type FakeReplicate } from './fake-replicate.ts';

export const REQUEST: ImageRequest = {
  attemptId: '0190b2f0-0000-7000-8000-000000000001',
  model: 'black-forest-labs/flux-schnell',
  prompt: 'A portrait of a lighthouse keeper with a copper beard',
  seed: 4_000_000_123,
  aspectRatio: '3:4',
  sizePx: 1024,
  style: 'photorealistic',
  attributes: {},
};

const POLL_MS = 20;
/** Long enough for a loopback call on a busy machine. */
const LONG_TIMEOUT_MS = 10_000;
/** Short enough for a test to wait for. */
const SHORT_TIMEOUT_MS = 300;

export interface ProviderBench {
  readonly fake: FakeReplicate;
  readonly provider: ImageProvider;
  /** The provider to use with a fault: one with a short timeout if the fault is a hang. */
  providerFor(fault: string): ImageProvider;
  providerWith(token: string): ImageProvider;
  /** Advances the fake's clock. */
  advance(ms: number): void;
  pollUntilOver(externalId: string, request?: ImageRequest): Promise<JobProgress>;
  /** Submits and polls until the job has ended. */
  finish(request?: ImageRequest): Promise<JobProgress>;
  /** The failure of the job, as the last poll reports it. @throws Error when it succeeds */
  jobFailure(request?: ImageRequest): Promise<ProviderFailure>;
}

/** The adapter with the fake, with shorter pauses than in production. */
export async function createProviderBench(): Promise<ProviderBench> {
  let aheadMs = 0;
  const fake = await createFakeReplicate({ runsMs: 40, now: () => Date.now() + aheadMs });
  const providerWith = (key: string, timeoutMs = LONG_TIMEOUT_MS) =>
    createReplicateProvider({
      key,
      baseUrl: fake.url,
      callTimeoutMs: timeoutMs,
      downloadTimeoutMs: timeoutMs,
      findPollsAfterMs: [0, 50, 150],
    });
  const provider = providerWith(fake.token);
  const shortTimeout = providerWith(fake.token, SHORT_TIMEOUT_MS);

  async function pollUntilOver(externalId: string, request = REQUEST): Promise<JobProgress> {
    for (;;) {
      const progress = await provider.poll({ externalId }, request, NEVER_ABORTED);
      if (progress.state !== 'running') return progress;
      await sleep(POLL_MS);
    }
  }

  async function finish(request = REQUEST): Promise<JobProgress> {
    const { externalId } = await provider.submit(request, NEVER_ABORTED);
    return pollUntilOver(externalId, request);
  }

  return {
    fake,
    provider,
    providerFor: (fault) => (fault.startsWith('hang') ? shortTimeout : provider),
    providerWith,
    advance: (ms) => {
      aheadMs += ms;
    },
    pollUntilOver,
    finish,
    async jobFailure(request) {
      const progress = await finish(request);
      if (progress.state !== 'failed') throw new Error(`It should have failed but ${progress.state}`);
      return progress.failure;
    },
  };
}
