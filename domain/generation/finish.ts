import type { Quality } from '../provider/provider.ts';

/** Processing of a provider's image before it is published. */
export const FINISHES = ['plain', 'print'] as const;
export type Finish = (typeof FINISHES)[number];

/** The longer side of an image for print, pixels: 17 cm at 300 dots an inch. */
export const PRINT_SIDE_PX = 2048;

export function finishOf(quality: Quality): Finish {
  return quality === 'high' ? 'print' : 'plain';
}
