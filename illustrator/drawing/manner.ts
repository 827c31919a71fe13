import type { Style } from '#domain/prompt/style.ts';

/** How a style draws: the same person, another hand. */
export interface Manner {
  /** soft: modelled with gradients. cel: two tones with a line. flat: shapes only. */
  readonly shading: 'soft' | 'cel' | 'flat';
  readonly eyes: 'natural' | 'film' | 'anime' | 'dot';
  readonly head: 'adult' | 'film' | 'anime' | 'chibi';
  /** Width of the ink line in figure units; 0 draws none. */
  readonly lineWidth: number;
  /** Ink: a darker tone of what it surrounds, or one black for all. */
  readonly ink: 'toned' | 'black';
  /** Modelled by hand: hair in thick grooves, nothing shines. */
  readonly moulded?: boolean;
  /** Drawn for a coarse grid: square eyes, upright head, no line finer than a block. */
  readonly blocks?: boolean;
  /** How strongly single strands of hair show, 0..1. */
  readonly strands: number;
}

const MODELED: Manner = { shading: 'soft', eyes: 'natural', head: 'adult', lineWidth: 0, ink: 'toned', strands: 1 };
const FILM: Manner = { shading: 'soft', eyes: 'film', head: 'film', lineWidth: 0, ink: 'toned', strands: 0.55 };
const ANIME: Manner = { shading: 'cel', eyes: 'anime', head: 'anime', lineWidth: 4, ink: 'toned', strands: 0.5 };

export const MANNERS: Readonly<Record<Style, Manner>> = {
  photorealistic: MODELED,
  fantasy: MODELED,
  'sci-fi': MODELED,
  cyberpunk: MODELED,
  'post-apocalyptic': MODELED,
  classical: MODELED,
  noir: MODELED,
  '3d': FILM,
  clay: { ...FILM, moulded: true, strands: 0.35 },
  anime: ANIME,
  chibi: { ...ANIME, head: 'chibi' },
  comic: { shading: 'cel', eyes: 'natural', head: 'adult', lineWidth: 7, ink: 'black', strands: 0.6 },
  vector: { shading: 'flat', eyes: 'dot', head: 'film', lineWidth: 0, ink: 'toned', strands: 0 },
  watercolor: { shading: 'cel', eyes: 'natural', head: 'adult', lineWidth: 2.2, ink: 'toned', strands: 0.7 },
  pixel: { shading: 'cel', eyes: 'anime', head: 'chibi', lineWidth: 11, blocks: true, ink: 'black', strands: 0.3 },
};
