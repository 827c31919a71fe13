/**
 * `npm run smoke:fal`: buys one image from the real fal ($0.003) and checks that the service still behaves as the adapter and
 * the fake expect. Needs SMOKE=1 and FAL_KEY, so that no money is spent by accident.
 */
import { z } from 'zod';
import { createFalProvider, FAL_API_URL, FAL_QUEUE_URL } from '#activities/providers/fal/fal-provider.ts';
import { deviations } from '../fakes/fal/published-api.ts';
import { buyOneImage } from './buy-one-image.ts';

const MODEL = 'fal-ai/flux/schnell';
/** For finding the request again. */
const WAIT_MS = 120_000;

const environment = z
  .object({
    SMOKE: z.literal('1', 'Set SMOKE=1 to spend $0.003 at fal.'),
    FAL_KEY: z.string('Set FAL_KEY to your API key.').min(1),
    FAL_QUEUE_URL: z.url().default(FAL_QUEUE_URL),
    FAL_API_URL: z.url().default(FAL_API_URL),
  })
  .safeParse(process.env);
if (!environment.success) {
  console.error(environment.error.issues.map(({ message }) => message).join('\n'));
  process.exit(1);
}
const { FAL_KEY: key, FAL_QUEUE_URL: queueUrl, FAL_API_URL: apiUrl } = environment.data;

const provider = createFalProvider({ key, queueUrl, apiUrl });
const { job, request, startedAt } = await buyOneImage(provider, MODEL);

const lost = {
  request,
  startedAt,
  isClaimed: () => Promise.resolve(false),
  calledBackJob: () => Promise.resolve(undefined),
};
const found = await provider.find(lost, AbortSignal.timeout(WAIT_MS));
verify('a request whose reply was lost would be found', found?.externalId === job.externalId);

const history = `${apiUrl}/models/requests/by-endpoint?endpoint_id=${encodeURIComponent(MODEL)}&expand=payloads`;
const reply = await fetch(history, { headers: { authorization: `Key ${key}` } });
const differences = deviations('history', await reply.json());
verify(`the history has the shape that the fake has ${differences.join('; ')}`, differences.length === 0);

function verify(expectation: string, holds: boolean): void {
  console.log(`${holds ? 'ok ' : 'NOT'} ${expectation}`);
  if (!holds) process.exitCode = 1;
}
