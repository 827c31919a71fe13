/** How a generation uses a reference image: follow it, vary it, or restyle it. */
export const REFERENCE_MODES = ['reference', 'variation', 'style'] as const;
export type ReferenceMode = (typeof REFERENCE_MODES)[number];
export const DEFAULT_REFERENCE_MODE: ReferenceMode = 'reference';

/** `text`: prompt only. */
export type Mode = 'text' | ReferenceMode;

/** Default strength of a variation: 0 stays closest to the original, 1 changes most. */
export const DEFAULT_STRENGTH = 0.6;
