import type { ProviderName } from '#domain/provider/provider.ts';

export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = {
  replicate: 'Replicate',
  huggingface: 'Hugging Face',
  fal: 'fal',
  illustrator: 'Illustrator',
};
