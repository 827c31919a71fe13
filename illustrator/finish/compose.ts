import { toRgb, type Color } from '../drawing/color.ts';
import type { Plate } from './plate.ts';
import type { Recipe } from './recipes.ts';

/** How far rim and cast shadow reach, shares of the width. */
const RIM_REACH = 0.02;
const SHADOW_REACH = 0.03;

/** Puts the sitter before the set: cast shadow, then the figure with the set's light on its edges. */
export function compose(
  set: Plate,
  figure: Plate,
  silhouette: Plate,
  recipe: Recipe,
  rim: readonly [Color, Color] | undefined,
): Plate {
  const { width, height } = figure;
  const out = new Uint8Array(width * height * 3);
  const left = toRgb(rim?.[0] ?? '#ffffff');
  const right = toRgb(rim?.[1] ?? '#ffffff');
  const reach = Math.max(1, Math.round(Math.min(width, height) * RIM_REACH));
  const drop = Math.max(1, Math.round(Math.min(width, height) * SHADOW_REACH));
  const soft = silhouette.data;
  const fig = figure.data;
  const back = set.data;
  for (let y = 0, i = 0; y < height; y += 1) {
    const rowUp = Math.max(0, y - Math.round(reach * 0.5)) * width;
    const rowDrop = Math.max(0, y - drop) * width;
    for (let x = 0; x < width; x += 1, i += 1) {
      const alpha = fig[i * 4 + 3]! / 255;
      const shadow = alpha < 1 ? 1 - (recipe.castShadow * soft[rowDrop + Math.max(0, x - drop)]!) / 255 : 1;
      let lightLeft = 0;
      let lightRight = 0;
      if (recipe.rim > 0 && alpha > 0) {
        lightLeft = Math.max(0, 1 - soft[rowUp + Math.max(0, x - reach)]! / 255 - 0.04) * recipe.rim;
        lightRight = Math.max(0, 1 - soft[rowUp + Math.min(width - 1, x + reach)]! / 255 - 0.04) * recipe.rim;
      }
      for (let c = 0; c < 3; c += 1) {
        let v = fig[i * 4 + c]!;
        if (lightLeft > 0) v += (left[c]! - v * 0.4) * lightLeft * 0.7;
        if (lightRight > 0) v += (right[c]! - v * 0.4) * lightRight * 0.7;
        v = v * alpha + back[i * 3 + c]! * shadow * (1 - alpha);
        out[i * 3 + c] = v > 255 ? 255 : v;
      }
    }
  }
  return { data: out, width, height, channels: 3 };
}
