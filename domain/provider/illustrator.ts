import { IMAGE_SIZES } from '../generation/image.ts';
import type { ProviderDescriptor } from './descriptor.ts';

/** Draws on the workers. */
export const illustrator = {
  label: 'Illustrator',
  service: null,
  models: [
    {
      id: 'illustrator-1',
      label: 'Illustrator',
      family: 'illustrator',
      costUsd: 0,
      typicalMs: 500,
      grade: 1,
      modes: ['text', 'reference', 'variation', 'style'],
      maxReferences: 1,
      seesColorsOnly: true,
      isSeeded: true,
      sizesPx: IMAGE_SIZES,
      supportsStrength: true,
    },
  ],
} as const satisfies ProviderDescriptor;
