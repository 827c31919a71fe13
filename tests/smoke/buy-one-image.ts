import { setTimeout as sleep } from 'node:timers/promises';
import { encodeImage } from '#activities/image/encode-image.ts';
import type { ImageProvider, ProviderJob, ImageRequest } from '#activities/providers/port.ts';

/** Usually one to ten seconds; a cold start takes longer. */
const WAIT_MS = 120_000;

export interface BoughtImage {
  readonly job: ProviderJob;
  readonly request: ImageRequest;
  readonly startedAt: Date;
}

/**
 * Runs a health check, submit, polls, encoding and a late cancellation against the real service, and prints each step. Costs one image.
 */
export async function buyOneImage(provider: ImageProvider, model: string): Promise<BoughtImage> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const startedAt = new Date();
  const request: ImageRequest = {
    attemptId: crypto.randomUUID(),
    model,
    prompt: 'Watercolor portrait of a friendly lighthouse keeper, plain background',
    seed: startedAt.getTime() % 2 ** 32,
    aspectRatio: '1:1',
    sizePx: 512,
    style: 'watercolor',
    attributes: {},
  };
  await provider.healthCheck(signal);
  console.log('ok  the key is accepted');
  const job = await provider.submit(request, signal);
  console.log(`ok  submitted ${job.externalId}`);
  const { widthPx, heightPx, image } = await encodeImage(await pollForImage(provider, job, request, signal));
  const tookMs = Date.now() - startedAt.getTime();
  console.log(`ok  generated in ${tookMs} ms: ${widthPx} x ${heightPx}, ${image.length} bytes as WebP`);
  await provider.cancel(job, signal);
  console.log('ok  cancelling a finished job is no error');
  return { job, request, startedAt };
}

async function pollForImage(
  provider: ImageProvider,
  job: ProviderJob,
  request: ImageRequest,
  signal: AbortSignal,
): Promise<Buffer> {
  for (;;) {
    const progress = await provider.poll(job, request, signal);
    if (progress.state === 'succeeded') return progress.image.bytes;
    if (progress.state === 'failed') throw progress.failure;
    await sleep(progress.pollAfterMs, undefined, { signal });
  }
}
