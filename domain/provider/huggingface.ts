import { IMAGE_SIZES } from '../generation/image.ts';
import type { ProviderDescriptor } from './descriptor.ts';

/** Trained at this size; smaller images are worse, so they are scaled down instead. */
const STABLE_DIFFUSION_SIZES = [1024] as const;

/** Billed by the second of computing ($0.00012, November 2026): the prices are ten and five of them. */
export const huggingface = {
  label: 'Hugging Face',
  service: {
    variables: {
      // Other tools have variables that begin with HF_.
      prefix: 'HF_BUDGET_',
      key: 'HF_TOKEN',
      budget: 'HF_BUDGET_USD_DAY',
      addresses: { baseUrl: 'HF_BASE_URL', hubUrl: 'HF_HUB_URL' },
      webhook: null,
    },
    // No limit is published.
    rateLimit: { perMinute: 300, burst: 20 },
  },
  models: [
    {
      id: 'black-forest-labs/FLUX.1-dev',
      label: 'FLUX.1 [dev] (Hugging Face)',
      family: 'flux',
      costUsd: 0.0012,
      typicalMs: 10_000,
      grade: 2,
      modes: ['text'],
      maxReferences: 0,
      isSeeded: true,
      sizesPx: IMAGE_SIZES,
      supportsStrength: false,
    },
    {
      id: 'stabilityai/stable-diffusion-3.5-large',
      label: 'Stable Diffusion 3.5',
      family: 'sd',
      costUsd: 0.0012,
      typicalMs: 10_000,
      grade: 2,
      modes: ['text'],
      maxReferences: 0,
      isSeeded: true,
      sizesPx: STABLE_DIFFUSION_SIZES,
      supportsStrength: false,
    },
    {
      id: 'stabilityai/stable-diffusion-xl-base-1.0',
      label: 'Stable Diffusion XL',
      family: 'sd',
      costUsd: 0.0006,
      typicalMs: 5_000,
      grade: 1,
      modes: ['text'],
      maxReferences: 0,
      isSeeded: true,
      sizesPx: STABLE_DIFFUSION_SIZES,
      supportsStrength: false,
    },
  ],
} as const satisfies ProviderDescriptor;
