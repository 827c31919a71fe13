/**
 * `npm run smoke`: buys one image from the real Replicate ($0.003) and checks that the service still behaves as the adapter
 * and the fake expect. Needs SMOKE=1 and REPLICATE_API_TOKEN, so that no money is spent by accident.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { encodeImage } from '#activities/image/encode-image.ts';
import type { ProviderJob, ImageRequest } from '#activities/providers/port.ts';
import { createReplicateProvider, REPLICATE_BASE_URL } from '#activities/providers/replicate/replicate-provider.ts';
import { deviations, isPublishedPage, isPublishedPrediction } from '../fakes/replicate/published-api.ts';

/** schnell takes a second; a cold start takes longer. */
const WAIT_MS = 120_000;

const environment = z
  .object({
    SMOKE: z.literal('1', 'Set SMOKE=1 to spend $0.003 at Replicate.'),
    REPLICATE_API_TOKEN: z.string('Set REPLICATE_API_TOKEN to your token.').min(1),
    REPLICATE_BASE_URL: z.url().default(REPLICATE_BASE_URL),
  })
  .safeParse(process.env);
if (!environment.success) {
  console.error(environment.error.issues.map(({ message }) => message).join('\n'));
  process.exit(1);
}
const { REPLICATE_API_TOKEN: token, REPLICATE_BASE_URL: baseUrl } = environment.data;

const provider = createReplicateProvider({ key: token, baseUrl });
const signal = AbortSignal.timeout(WAIT_MS);
const startedAt = new Date();
const request: ImageRequest = {
  attemptId: crypto.randomUUID(),
  model: 'black-forest-labs/flux-schnell',
  prompt: 'Watercolor portrait of a friendly lighthouse keeper, plain background',
  seed: startedAt.getTime() % 2 ** 32,
  aspectRatio: '1:1',
  sizePx: 512,
  style: 'watercolor',
  attributes: {},
};

await provider.healthCheck(signal);
console.log('ok  the token is accepted');

const job = await provider.submit(request, signal);
console.log(`ok  submitted ${job.externalId}`);

const found = await provider.find(
  { request, startedAt, isClaimed: () => Promise.resolve(false), calledBackJob: () => Promise.resolve(undefined) },
  signal,
);
verify('a prediction whose reply was lost would be found', found?.externalId === job.externalId);

const bytes = await pollForImage(job);
const { widthPx, heightPx, image } = await encodeImage(bytes);
console.log(
  `ok  generated in ${Date.now() - startedAt.getTime()} ms: ${widthPx} x ${heightPx}, ${image.length} bytes as WebP`,
);

await provider.cancel(job, signal);
console.log('ok  cancelling a finished prediction is no error');

verifyShape('a prediction', deviations(isPublishedPrediction, await get(`/predictions/${job.externalId}`)));
verifyShape('the list', deviations(isPublishedPage, await get('/predictions')));

async function pollForImage(pending: ProviderJob): Promise<Buffer> {
  for (;;) {
    const progress = await provider.poll(pending, request, signal);
    if (progress.state === 'succeeded') return progress.image.bytes;
    if (progress.state === 'failed') throw progress.failure;
    await sleep(progress.pollAfterMs);
  }
}

async function get(path: string): Promise<unknown> {
  const reply = await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` }, signal });
  return reply.json();
}

function verifyShape(subject: string, differences: readonly string[]): void {
  verify(
    `${subject} has the shape that the fake has${differences.map((difference) => `\n      ${difference}`).join('')}`,
    differences.length === 0,
  );
}

function verify(expectation: string, holds: boolean): void {
  console.log(`${holds ? 'ok ' : 'NOT'} ${expectation}`);
  if (!holds) process.exitCode = 1;
}
