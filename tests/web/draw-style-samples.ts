import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { renderPortrait } from '../../activities/providers/illustrator/render-portrait.ts';
import type { PortraitRequest } from '../../activities/providers/illustrator/portrait-types.ts';
import { STYLES, type Style } from '../../domain/style.ts';

/** Draws web/assets/styles/*.webp, the pictures people choose a style by. Run it again when the illustrator changes. */
const SIDE_PX = 512;
/** Twice the largest place they are shown at. */
const SAMPLE_PX = 240;
const SAMPLE_MAX_BYTES = 15_000;
const outDir = join(import.meta.dirname, '../../web/assets/styles');

type Sitter = Pick<PortraitRequest, 'attributes' | 'prompt' | 'seed'>;

/** A cast, so that the strip shows people and not one face fifteen times. */
const SITTERS: Readonly<Record<Style, Sitter>> = {
  photorealistic: sitter('woman', '30s', 'tan', 'auburn', 'wavy', 'green', 'green sweater', 11),
  anime: sitter('woman', '20s', 'fair', 'sea green', 'bun', 'brown', 'school blazer', 12),
  chibi: sitter('woman', '20s', 'fair', 'copper', 'braided', 'green', 'yellow dress', 13),
  '3d': sitter('man', '20s', 'brown', 'black', 'curly', 'hazel', 'orange hoodie', 14),
  clay: sitter('man', '60+', 'porcelain', 'white', 'short', 'blue', 'red scarf, glasses', 15),
  comic: sitter('woman', '30s', 'deep', 'black', 'curly', 'brown', 'leather jacket', 16),
  vector: sitter('man', '40s', 'olive', 'brown', 'short', 'brown', 'full beard, blue shirt', 17),
  fantasy: sitter('woman', '30s', 'porcelain', 'silver', 'long', 'amber', 'cloak, forest', 18),
  'sci-fi': sitter('nonbinary', '30s', 'tan', 'ash', 'undercut', 'grey', 'flight suit', 19),
  cyberpunk: sitter('woman', '20s', 'olive', 'black', 'bob', 'blue', 'visor, neon street', 20),
  'post-apocalyptic': sitter('man', '40s', 'brown', 'chestnut', 'tied back', 'hazel', 'goggles, dust', 21),
  classical: sitter('woman', '40s', 'fair', 'chestnut', 'tied back', 'brown', 'velvet gown', 22),
  watercolour: sitter('woman', '20s', 'tan', 'blond', 'wavy', 'blue', 'long scarf, green hills', 23),
  pixel: sitter('man', '30s', 'brown', 'white', 'short', 'blue', 'red tunic', 24),
  noir: sitter('man', '40s', 'fair', 'black', 'short', 'grey', 'fedora, trench coat', 25),
};

function sitter(
  gender: string,
  ageRange: string,
  skinTone: string,
  hairColor: string,
  hairStyle: string,
  eyeColor: string,
  prompt: string,
  seed: number,
): Sitter {
  return { attributes: { gender, ageRange, skinTone, hairColor, hairStyle, eyeColor }, prompt, seed };
}

await mkdir(outDir, { recursive: true });
for (const style of STYLES) {
  const { bytes } = await renderPortrait({ ...SITTERS[style], style, widthPx: SIDE_PX, heightPx: SIDE_PX });
  const file = join(outDir, `${style}.webp`);
  for (let quality = 82; quality >= 40; quality -= 6) {
    await writeFile(file, await sharp(bytes).resize(SAMPLE_PX).webp({ quality, effort: 6 }).toBuffer());
    if ((await stat(file)).size <= SAMPLE_MAX_BYTES) break;
  }
}
