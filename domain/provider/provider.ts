import type { Mode } from '../generation/mode.ts';

/** The providers. `flux` and `sd` in a request are model families; these are the services. */
export const PROVIDERS = ['replicate', 'huggingface', 'fal', 'illustrator'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export const PROVIDER_CHOICES = ['auto', 'flux', 'sd', 'illustrator'] as const;
export type ProviderChoice = (typeof PROVIDER_CHOICES)[number];

export const OPTIMIZE_FOR = ['quality', 'speed', 'cost'] as const;
export type OptimizeFor = (typeof OPTIMIZE_FOR)[number];

export const QUALITIES = ['draft', 'standard', 'high'] as const;
export type Quality = (typeof QUALITIES)[number];

export interface Model {
  readonly provider: ProviderName;
  /** The provider's own id of the model. */
  readonly id: string;
  /** Display name. */
  readonly label: string;
  readonly family: 'flux' | 'sd' | 'illustrator';
  /** List price of one image, US dollars. */
  readonly costUsd: number;
  /** Typical time for one image; used for ranking and displayed estimates. */
  readonly typicalMs: number;
  /** 1 (sketch) to 3 (best). */
  readonly grade: 1 | 2 | 3;
  /** Supported modes. Default: prompt only. */
  readonly modes?: readonly Mode[];
  /** Supports the strength of a variation. */
  readonly supportsStrength?: true;
}

/** Published prices and times of November 2026. */
export const MODELS: readonly Model[] = [
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-schnell',
    label: 'FLUX.1 [schnell]',
    family: 'flux',
    costUsd: 0.003,
    typicalMs: 1_000,
    grade: 1,
  },
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-dev',
    label: 'FLUX.1 [dev]',
    family: 'flux',
    costUsd: 0.025,
    typicalMs: 3_000,
    grade: 2,
    modes: ['text', 'variation'],
    supportsStrength: true,
  },
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-1.1-pro',
    label: 'FLUX1.1 [pro]',
    family: 'flux',
    costUsd: 0.04,
    typicalMs: 4_000,
    grade: 3,
    modes: ['text', 'reference'],
  },
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-kontext-pro',
    label: 'FLUX.1 Kontext [pro]',
    family: 'flux',
    costUsd: 0.04,
    typicalMs: 6_000,
    grade: 3,
    modes: ['reference', 'style'],
  },
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-redux-dev',
    label: 'FLUX.1 Redux [dev]',
    family: 'flux',
    costUsd: 0.025,
    typicalMs: 3_000,
    grade: 2,
    modes: ['variation'],
  },
  {
    provider: 'replicate',
    id: 'black-forest-labs/flux-redux-schnell',
    label: 'FLUX.1 Redux [schnell]',
    family: 'flux',
    costUsd: 0.003,
    typicalMs: 1_000,
    grade: 1,
    modes: ['variation'],
  },
  {
    provider: 'fal',
    id: 'fal-ai/flux/schnell',
    label: 'FLUX.1 [schnell] (fal)',
    family: 'flux',
    costUsd: 0.003,
    typicalMs: 1_200,
    grade: 1,
  },
  {
    provider: 'fal',
    id: 'fal-ai/flux/dev',
    label: 'FLUX.1 [dev] (fal)',
    family: 'flux',
    costUsd: 0.025,
    typicalMs: 3_000,
    grade: 2,
  },
  {
    provider: 'fal',
    id: 'fal-ai/flux/dev/image-to-image',
    label: 'FLUX.1 [dev] image-to-image (fal)',
    family: 'flux',
    costUsd: 0.03,
    typicalMs: 4_000,
    grade: 2,
    modes: ['variation'],
    supportsStrength: true,
  },
  {
    provider: 'fal',
    id: 'fal-ai/flux-pro/v1.1',
    label: 'FLUX1.1 [pro] (fal)',
    family: 'flux',
    costUsd: 0.04,
    typicalMs: 4_500,
    grade: 3,
  },
  {
    provider: 'fal',
    id: 'fal-ai/flux-pro/kontext',
    label: 'FLUX.1 Kontext [pro] (fal)',
    family: 'flux',
    costUsd: 0.04,
    typicalMs: 6_500,
    grade: 3,
    modes: ['reference', 'style'],
  },
  // Billed by the second of computing ($0.00012): these are ten and five of them.
  {
    provider: 'huggingface',
    id: 'black-forest-labs/FLUX.1-dev',
    label: 'FLUX.1 [dev] (Hugging Face)',
    family: 'flux',
    costUsd: 0.0012,
    typicalMs: 10_000,
    grade: 2,
  },
  {
    provider: 'huggingface',
    id: 'stabilityai/stable-diffusion-3.5-large',
    label: 'Stable Diffusion 3.5',
    family: 'sd',
    costUsd: 0.0012,
    typicalMs: 10_000,
    grade: 2,
  },
  {
    provider: 'huggingface',
    id: 'stabilityai/stable-diffusion-xl-base-1.0',
    label: 'Stable Diffusion XL',
    family: 'sd',
    costUsd: 0.0006,
    typicalMs: 5_000,
    grade: 1,
  },
  {
    provider: 'illustrator',
    id: 'illustrator-1',
    label: 'Illustrator',
    family: 'illustrator',
    costUsd: 0,
    typicalMs: 500,
    grade: 1,
    modes: ['text', 'reference', 'variation', 'style'],
    supportsStrength: true,
  },
];

/** The modes that a model supports. */
export function modesOf({ modes = ['text'] }: Model): readonly Mode[] {
  return modes;
}

export function modelOf(provider: ProviderName, id: string): Model | undefined {
  return MODELS.find((model) => model.provider === provider && model.id === id);
}
