import sharp from 'sharp';
import type { ModelInput } from './model-schemas.ts';

/** What the open models give for one megapixel; a quarter has half the sides. */
const ONE_MEGAPIXEL: Readonly<Record<string, readonly [number, number]>> = {
  '1:1': [1024, 1024],
  '16:9': [1344, 768],
  '21:9': [1536, 640],
  '3:2': [1216, 832],
  '2:3': [832, 1216],
  '4:5': [896, 1088],
  '5:4': [1088, 896],
  '3:4': [896, 1152],
  '4:3': [1152, 896],
  '9:16': [768, 1344],
  '9:21': [640, 1536],
};
/** The pro model rounds both sides to this. */
const PRO_STEP_PX = 32;

/** A small picture that only this seed gives: a head on a ground, in colours and places taken from its bits. */
export async function drawOutput(input: ModelInput): Promise<Buffer> {
  const [width, height] = sizeOf(input);
  const seed = input.seed ?? 0;
  const hue = seed % 360;
  const tilt = (seed >>> 9) % 40;
  const face = 20 + ((seed >>> 16) % 14);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" width="${width}" height="${height}">
    <rect width="100" height="100" fill="hsl(${hue},45%,62%)"/>
    <ellipse cx="50" cy="112" rx="${34 + tilt / 4}" ry="42" fill="hsl(${(hue + 140) % 360},40%,35%)"/>
    <circle cx="${40 + tilt / 2}" cy="48" r="${face}" fill="hsl(28,48%,${45 + tilt}%)"/>
    <text x="50" y="97" font-size="5" text-anchor="middle" fill="#0008">${seed}</text></svg>`;
  const picture = sharp(Buffer.from(svg));
  if (input.output_format === 'png') return picture.png({ compressionLevel: 6 }).toBuffer();
  const quality = 'output_quality' in input ? input.output_quality : 80;
  if (input.output_format === 'jpg') return picture.jpeg({ quality }).toBuffer();
  return picture.webp({ quality }).toBuffer();
}

function sizeOf(input: ModelInput): readonly [number, number] {
  const [width, height] = ONE_MEGAPIXEL[input.aspect_ratio] ?? [1024, 1024];
  if ('megapixels' in input) return input.megapixels === '1' ? [width, height] : [width / 2, height / 2];
  if (!('width' in input) || input.aspect_ratio !== 'custom') return [width, height];
  return [rounded(input.width), rounded(input.height)];
}

function rounded(sidePx = 1024): number {
  return Math.round(sidePx / PRO_STEP_PX) * PRO_STEP_PX;
}
