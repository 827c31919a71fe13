import { clampByte } from './clamp.ts';
import type { Noise } from './noise.ts';
import type { Plate } from './plate.ts';
import type { Recipe } from './recipes.ts';

/** Color, contrast, fall-off towards the corners and grain, in place. */
export function grade(plate: Plate, recipe: Recipe, noise: Noise): void {
  const { data, width, height } = plate;
  const [tr, tg, tb] = recipe.tint;
  const half = Math.min(width, height) / 2;
  // Grain is sized for a picture of 1024 pixels and keeps its look at other sizes.
  const grainScale = 830 / Math.min(width, height);
  for (let y = 0, i = 0; y < height; y += 1) {
    const dy = (y - height * 0.46) / half;
    for (let x = 0; x < width; x += 1, i += 3) {
      let r = data[i]! * tr;
      let g = data[i + 1]! * tg;
      let b = data[i + 2]! * tb;
      if (recipe.contrast !== 1) {
        r = (r - 122) * recipe.contrast + 122;
        g = (g - 122) * recipe.contrast + 122;
        b = (b - 122) * recipe.contrast + 122;
      }
      if (recipe.saturation !== 1) {
        const luma = 0.3 * r + 0.59 * g + 0.11 * b;
        r = luma + (r - luma) * recipe.saturation;
        g = luma + (g - luma) * recipe.saturation;
        b = luma + (b - luma) * recipe.saturation;
      }
      if (recipe.vignette > 0) {
        const dx = (x - width / 2) / (half * Math.max(1, (width / height) * 0.85));
        const fall = Math.max(0, dx * dx + dy * dy - 0.55);
        const keep = 1 - recipe.vignette * Math.min(0.9, fall * 0.62);
        r *= keep;
        g *= keep;
        b *= keep;
      }
      if (recipe.grain > 0) {
        const speck = noise(x * grainScale, y * grainScale) * recipe.grain;
        r += speck;
        g += speck;
        b += speck;
      }
      data[i] = clampByte(r);
      data[i + 1] = clampByte(g);
      data[i + 2] = clampByte(b);
    }
  }
}
