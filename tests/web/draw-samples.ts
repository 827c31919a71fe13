import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import type { PortraitRequest } from '#illustrator/portrait-types.ts';
import { visualAttributes as visualAttributesSchema } from '#contract/avatar.ts';
import { DEFAULT_STYLE, STYLES, type Style } from '#domain/prompt/style.ts';
import presets from '#domain/prompt/gallery-presets.json' with { type: 'json' };

/** Draws the sample images of styles and presets into web/assets. Run it again when the illustrator changes. */
const SIDE_PX = 512;
/** Twice the largest size in which they are shown. */
const SAMPLE_PX = 240;
const SAMPLE_MAX_BYTES = 15_000;
const assetsDir = join(import.meta.dirname, '../../web/assets');

type Sitter = Pick<PortraitRequest, 'attributes' | 'prompt' | 'seed'>;

/** Different persons, so that the samples do not repeat one face. */
const SITTERS: Readonly<Record<Style, Sitter>> = {
  photorealistic: sitter('woman', '30s', 'tan', 'auburn', 'wavy', 'green', 'green sweater', 11),
  anime: sitter('woman', '20s', 'fair', 'sea green', 'bun', 'brown', 'school blazer', 12),
  chibi: sitter('woman', '20s', 'fair', 'copper', 'braided', 'green', 'yellow dress', 13),
  '3d': sitter('man', '20s', 'brown', 'black', 'curly', 'hazel', 'orange hoodie', 14),
  clay: sitter('man', '60+', 'porcelain', 'white', 'short', 'blue', 'red scarf, glasses', 15),
  comic: sitter('woman', '30s', 'deep', 'black', 'curly', 'brown', 'leather jacket', 16),
  vector: sitter('man', '40s', 'olive', 'brown', 'short', 'brown', 'full beard, blue shirt', 17),
  fantasy: sitter('woman', '30s', 'porcelain', 'silver', 'long', 'amber', 'cloak, forest', 18),
  'sci-fi': sitter('nonbinary', '30s', 'tan', 'ash', 'undercut', 'gray', 'flight suit', 19),
  cyberpunk: sitter('woman', '20s', 'olive', 'black', 'bob', 'blue', 'visor, neon street', 20),
  'post-apocalyptic': sitter('man', '40s', 'brown', 'chestnut', 'tied back', 'hazel', 'goggles, dust', 21),
  classical: sitter('woman', '40s', 'fair', 'chestnut', 'tied back', 'brown', 'velvet gown', 22),
  watercolor: sitter('woman', '20s', 'tan', 'blond', 'wavy', 'blue', 'long scarf, green hills', 23),
  pixel: sitter('man', '30s', 'brown', 'white', 'short', 'blue', 'red tunic', 24),
  noir: sitter('man', '40s', 'fair', 'black', 'short', 'gray', 'fedora, trench coat', 25),
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

/** Values for what presets leave open, so that their samples show different persons. */
const VARIETY = [
  { gender: 'woman', skinTone: 'tan', hairColor: 'chestnut' },
  { gender: 'man', skinTone: 'deep', hairColor: 'black' },
  { gender: 'woman', skinTone: 'porcelain', hairColor: 'copper' },
  { gender: 'man', skinTone: 'olive', hairColor: 'brown' },
  { gender: 'woman', skinTone: 'brown', hairColor: 'black' },
  { gender: 'man', skinTone: 'fair', hairColor: 'blond' },
  { gender: 'woman', skinTone: 'fair', hairColor: 'silver' },
];

for (const style of STYLES) await draw(join('styles', style), { ...SITTERS[style], style });

for (const [index, { name, generationPrompt, visualAttributes }] of presets.entries()) {
  const { style = DEFAULT_STYLE, ...attributes } = visualAttributesSchema.parse(visualAttributes);
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  const sitting = { ...VARIETY[index % VARIETY.length], ...attributes };
  await draw(join('presets', slug), { attributes: sitting, prompt: generationPrompt, seed: index + 1, style });
}

async function draw(name: string, request: Sitter & { style: Style }): Promise<void> {
  const file = join(assetsDir, `${name}.webp`);
  await mkdir(dirname(file), { recursive: true });
  const { bytes } = await renderPortrait({ ...request, widthPx: SIDE_PX, heightPx: SIDE_PX });
  for (let quality = 82; quality >= 40; quality -= 6) {
    const sample = await sharp(bytes).resize(SAMPLE_PX).webp({ quality, effort: 6 }).toBuffer();
    await writeFile(file, sample);
    if (sample.length <= SAMPLE_MAX_BYTES) return;
  }
}
