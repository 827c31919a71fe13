export const ASPECT_RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];
export const DEFAULT_ASPECT_RATIO: AspectRatio = '1:1';

/** Longer side in pixels. */
export const IMAGE_SIZES = [512, 768, 1024] as const;
export const DEFAULT_SIZE_PX = 1024 satisfies (typeof IMAGE_SIZES)[number];
export type ImageSize = (typeof IMAGE_SIZES)[number];

/** Side in pixels of the square that a thumbnail fits: twice a gallery cell, for high-density screens. */
export const THUMBNAIL_PX = 352;

export const SEED_MAX = 2 ** 32 - 1;

/** Providers require sides divisible by this. */
const SIDE_STEP_PX = 16;

export function dimensionsOf(aspect: AspectRatio, sizePx: ImageSize): { widthPx: number; heightPx: number } {
  const [w, h] = aspect.split(':').map(Number) as [number, number];
  const longest = Math.max(w, h);
  const side = (part: number) => Math.round((sizePx * part) / longest / SIDE_STEP_PX) * SIDE_STEP_PX;
  return { widthPx: side(w), heightPx: side(h) };
}
