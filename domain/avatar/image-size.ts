import type { DownloadSize } from './image-download.ts';

/** Smaller versions of an avatar's image that other apps show: the longer side in px, never enlarged. Stored from the first request on. */
export const IMAGE_SIZES = ['128', '256', '512'] as const satisfies readonly DownloadSize[];
export type ImageSize = (typeof IMAGE_SIZES)[number];
