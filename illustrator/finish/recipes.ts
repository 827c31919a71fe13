import type { Style } from '#domain/prompt/style.ts';

/** What happens to the drawing after it is drawn. All shares are 0..1 unless said otherwise. */
export interface Recipe {
  /** Light of the set on the sitter's edges. */
  readonly rim: number;
  /** Shadow of the sitter on the set. */
  readonly castShadow: number;
  readonly vignette: number;
  /** Film grain, levels of 255. */
  readonly grain: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly tint: readonly [number, number, number];
  readonly effect?: 'watercolor' | 'wash' | 'oil' | 'halftone' | 'noir' | 'clay' | 'pixel' | 'neon';
}

const PLAIN: Recipe = { rim: 0, castShadow: 0, vignette: 0, grain: 0, contrast: 1, saturation: 1, tint: [1, 1, 1] };

const RECIPES: Readonly<Record<Style, Recipe>> = {
  photorealistic: { ...PLAIN, rim: 0.4, castShadow: 0.3, vignette: 0.3, grain: 5, contrast: 1.03, saturation: 0.96 },
  anime: { ...PLAIN, rim: 0.18 },
  chibi: PLAIN,
  '3d': { ...PLAIN, rim: 0.75, castShadow: 0.2, vignette: 0.2, saturation: 1.1 },
  clay: { ...PLAIN, rim: 0.2, castShadow: 0.4, vignette: 0.12, effect: 'clay' },
  comic: { ...PLAIN, effect: 'halftone', saturation: 1.1 },
  vector: PLAIN,
  fantasy: { ...PLAIN, rim: 0.7, castShadow: 0.3, vignette: 0.34, tint: [1.03, 1, 0.97], effect: 'oil' },
  'sci-fi': { ...PLAIN, rim: 0.6, castShadow: 0.2, vignette: 0.24, grain: 4, tint: [0.97, 1, 1.04], contrast: 1.04 },
  cyberpunk: {
    ...PLAIN,
    rim: 1,
    castShadow: 0.2,
    vignette: 0.36,
    grain: 5,
    contrast: 1.06,
    saturation: 1.08,
    effect: 'neon',
  },
  'post-apocalyptic': {
    ...PLAIN,
    rim: 0.7,
    castShadow: 0.3,
    vignette: 0.42,
    grain: 14,
    contrast: 1.1,
    saturation: 0.86,
    tint: [1.08, 0.98, 0.84],
  },
  classical: {
    ...PLAIN,
    rim: 0.3,
    castShadow: 0.3,
    vignette: 0.6,
    contrast: 1.06,
    saturation: 0.95,
    tint: [1.06, 0.99, 0.85],
    effect: 'oil',
  },
  watercolor: { ...PLAIN, effect: 'watercolor' },
  pixel: { ...PLAIN, saturation: 1.12, effect: 'pixel' },
  noir: { ...PLAIN, rim: 0.5, castShadow: 0.4, vignette: 0.5, grain: 12, effect: 'noir' },
};

/** The style's recipe; drawn styles take up the brush when the prompt asks for it. */
export function recipeFor(style: Style, prompt: string): Recipe {
  const recipe = RECIPES[style];
  return (style === 'anime' || style === 'chibi') && /watercolou?r/i.test(prompt)
    ? { ...recipe, effect: 'wash' }
    : recipe;
}
