/**
 * `npm run smoke:huggingface`: buys one image from the real Hugging Face (a fraction of a cent) and checks that the
 * service still behaves as the adapter and the fake expect. Needs SMOKE=1 and HF_TOKEN, so that no money is spent by accident.
 */
import { z } from 'zod';
import {
  createHuggingFaceProvider,
  HF_BASE_URL,
  HF_HUB_URL,
} from '#activities/providers/huggingface/huggingface-provider.ts';
import { buyOneImage } from './buy-one-image.ts';

const environment = z
  .object({
    SMOKE: z.literal('1', 'Set SMOKE=1 to spend a fraction of a cent at Hugging Face.'),
    HF_TOKEN: z.string('Set HF_TOKEN to your token.').min(1),
    HF_BASE_URL: z.url().default(HF_BASE_URL),
    HF_HUB_URL: z.url().default(HF_HUB_URL),
  })
  .safeParse(process.env);
if (!environment.success) {
  console.error(environment.error.issues.map(({ message }) => message).join('\n'));
  process.exit(1);
}
const { HF_TOKEN: token, HF_BASE_URL: baseUrl, HF_HUB_URL: hubUrl } = environment.data;

await buyOneImage(
  createHuggingFaceProvider({ key: token, baseUrl, hubUrl }),
  'stabilityai/stable-diffusion-xl-base-1.0',
);
