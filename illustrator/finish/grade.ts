import { clampByte } from './clamp.ts';
import { along, type Noise } from './noise.ts';
import type { Plate } from './plate.ts';
import type { Recipe } from './recipes.ts';

/** The level that contrast leaves where it is. */
const PIVOT = 122;
const LUMA = [0.3, 0.59, 0.11] as const;

/** Color, contrast, fall-off towards the corners and grain, in place. */
export function grade(plate: Plate, recipe: Recipe, noise: () => Noise): void {
  const { data, width, height } = plate;
  const { tint, contrast, saturation, vignette } = recipe;
  const colored = tint.some((share) => share !== 1) || contrast !== 1 || saturation !== 1;
  if (!colored && vignette === 0 && recipe.grain === 0) return;
  const grain = recipe.grain > 0 ? noise() : undefined;
  const half = Math.min(width, height) / 2;
  // Tint, contrast and saturation at once: each channel keeps `saturation` of itself and takes the rest from the luma.
  const [tr, tg, tb] = tint.map((share) => share * contrast) as [number, number, number];
  const lift = PIVOT * (1 - contrast);
  const fromLuma = 1 - saturation;
  // Grain is sized for a picture of 1024 pixels and keeps its look at other sizes.
  const grainScale = 830 / Math.min(width, height);
  const across = Float32Array.from({ length: width }, (_, x) => {
    const dx = (x - width / 2) / (half * Math.max(1, (width / height) * 0.85));
    return dx * dx - 0.55;
  });
  for (let y = 0, i = 0; y < height; y += 1) {
    const dy = (y - height * 0.46) / half;
    const down = dy * dy;
    const specks = grain?.row(y * grainScale);
    for (let x = 0; x < width; x += 1, i += 3) {
      let r = data[i]! * tr + lift;
      let g = data[i + 1]! * tg + lift;
      let b = data[i + 2]! * tb + lift;
      const luma = (LUMA[0] * r + LUMA[1] * g + LUMA[2] * b) * fromLuma;
      const fall = across[x]! + down;
      const keep = fall <= 0 ? 1 : 1 - vignette * Math.min(0.9, fall * 0.62);
      const speck = specks === undefined ? 0 : along(specks, x * grainScale) * recipe.grain;
      r = (luma + r * saturation) * keep + speck;
      g = (luma + g * saturation) * keep + speck;
      b = (luma + b * saturation) * keep + speck;
      data[i] = clampByte(r);
      data[i + 1] = clampByte(g);
      data[i + 2] = clampByte(b);
    }
  }
}
