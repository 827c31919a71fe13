import { clayed } from './clay.ts';
import { halftone } from './halftone.ts';
import { neonWash } from './neon.ts';
import { blindLight } from './noir.ts';
import { oilPaint } from './oil.ts';
import { pixelGrid, toPixelArt } from './pixel-art.ts';
import type { Plate, Size } from './plate.ts';
import type { Recipe } from './recipes.ts';
import { watercolor } from './watercolor.ts';

export interface EffectInput {
  readonly set: Plate;
  readonly figure: Plate;
  readonly recipe: Recipe;
  readonly seed: number;
  /** Height of the eyes, share of the picture's height. */
  readonly eyesAt: number;
  /** 0 black .. 1 white. */
  readonly skinLightness: number;
  /** The prompt asks for a print of two colors. */
  readonly duotone: boolean;
}

/** Drawings per block of pixel art: enough for clean averages, no more. */
const PIXEL_OVERSAMPLING = 1;
/** Watercolour is soft: drawn smaller, enlarged after the washes. */
const WASH_MAX_PX = 768;

/** The size to draw at before the effect. */
export function drawingSize(recipe: Recipe, wanted: Size): Size {
  if (recipe.effect === 'pixel') {
    const grid = pixelGrid(wanted);
    return { widthPx: grid.columns * PIXEL_OVERSAMPLING, heightPx: grid.rows * PIXEL_OVERSAMPLING };
  }
  const longest = Math.max(wanted.widthPx, wanted.heightPx);
  if (recipe.effect !== 'watercolor' || longest <= WASH_MAX_PX) return wanted;
  const share = WASH_MAX_PX / longest;
  return { widthPx: Math.round(wanted.widthPx * share), heightPx: Math.round(wanted.heightPx * share) };
}

export async function applyEffect(plate: Plate, input: EffectInput): Promise<Plate> {
  const { effect } = input.recipe;
  if (effect === undefined) return plate;
  switch (effect) {
    case 'watercolor':
      return watercolor(plate, input.set, input.seed, true);
    case 'wash':
      return watercolor(plate, input.set, input.seed, false);
    case 'oil':
      return oilPaint(plate, input.seed);
    case 'halftone':
      return halftone(plate, input.duotone);
    case 'noir':
      return blindLight(plate, input.figure, input.eyesAt, input.skinLightness);
    case 'clay':
      return clayed(plate, input.figure, input.seed);
    case 'neon':
      return neonWash(plate, input.figure);
    case 'pixel':
      return toPixelArt(plate, PIXEL_OVERSAMPLING);
  }
}
