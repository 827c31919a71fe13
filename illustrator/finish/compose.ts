import { toRgb, type Color } from '../drawing/color.ts';
import type { Plate } from './plate.ts';
import type { Recipe } from './recipes.ts';
import { softSilhouette } from './silhouette.ts';

/** How far rim and cast shadow reach, shares of the width. */
const RIM_REACH = 0.02;
const SHADOW_REACH = 0.03;

/** Puts the sitter before the set: cast shadow, then the figure with the set's light on its edges. */
export function compose(set: Plate, figure: Plate, recipe: Recipe, rim: readonly [Color, Color] | undefined): Plate {
  const { width, height } = figure;
  const out = new Uint8Array(width * height * 3);
  const [leftR, leftG, leftB] = toRgb(rim?.[0] ?? '#ffffff');
  const [rightR, rightG, rightB] = toRgb(rim?.[1] ?? '#ffffff');
  const reach = Math.max(1, Math.round(Math.min(width, height) * RIM_REACH));
  const drop = Math.max(1, Math.round(Math.min(width, height) * SHADOW_REACH));
  // Without light and shadow nothing asks for the silhouette.
  const { rim: strength, castShadow } = recipe;
  const lit = strength > 0;
  const soft = lit || castShadow > 0 ? softSilhouette(figure) : new Uint8Array(width * height);
  const fig = figure.data;
  const back = set.data;
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    const rowUp = Math.max(0, y - Math.round(reach * 0.5)) * width;
    const rowDrop = Math.max(0, y - drop) * width;
    for (let x = 0; x < width; x += 1, from += 4, to += 3) {
      const opacity = fig[from + 3]!;
      let r = fig[from]!;
      let g = fig[from + 1]!;
      let b = fig[from + 2]!;
      if (lit && opacity > 0) {
        const fromLeft = rimLight(soft[rowUp + (x < reach ? 0 : x - reach)]!, strength);
        if (fromLeft > 0) {
          r += (leftR - r * 0.4) * fromLeft;
          g += (leftG - g * 0.4) * fromLeft;
          b += (leftB - b * 0.4) * fromLeft;
        }
        const fromRight = rimLight(soft[rowUp + (x + reach < width ? x + reach : width - 1)]!, strength);
        if (fromRight > 0) {
          r += (rightR - r * 0.4) * fromRight;
          g += (rightG - g * 0.4) * fromRight;
          b += (rightB - b * 0.4) * fromRight;
        }
      }
      if (opacity < 255) {
        const alpha = opacity / 255;
        const through = (1 - alpha) * (1 - (castShadow * soft[rowDrop + (x < drop ? 0 : x - drop)]!) / 255);
        r = r * alpha + back[to]! * through;
        g = g * alpha + back[to + 1]! * through;
        b = b * alpha + back[to + 2]! * through;
      }
      out[to] = r > 255 ? 255 : r;
      out[to + 1] = g > 255 ? 255 : g;
      out[to + 2] = b > 255 ? 255 : b;
    }
  }
  return { data: out, width, height, channels: 3 };
}

/** Light of the set where the silhouette `soft` (0..255) thins out: none inside the sitter. */
const rimLight = (soft: number, strength: number): number => (0.96 - soft / 255) * strength * 0.7;
