import type { Plate } from './plate.ts';
import type { Recipe } from './recipes.ts';

export interface EffectInput {
  readonly figure: Plate;
  readonly silhouette: Plate;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly prompt: string;
}

/** The size to draw at before the effect. */
export function drawingSize(_recipe: Recipe, widthPx: number, heightPx: number): { widthPx: number; heightPx: number } {
  return { widthPx, heightPx };
}

export async function applyEffect(plate: Plate, _input: EffectInput): Promise<Plate> {
  return plate;
}
