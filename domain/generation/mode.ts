/** What a generation begins with, besides words: an image to follow, to vary, or to draw again in another style. */
export const REFERENCE_MODES = ['reference', 'variation', 'style'] as const;
export type ReferenceMode = (typeof REFERENCE_MODES)[number];

/** `text`: words alone. */
export type Mode = 'text' | ReferenceMode;

/** How far a variation goes where nothing is said: 0 stays with the original, 1 leaves it. */
export const DEFAULT_STRENGTH = 0.6;
