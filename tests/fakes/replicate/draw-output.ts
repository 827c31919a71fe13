import { drawDelivered } from '../faults/undeliverable-image.ts';
import type { ModelInput } from './model-schemas.ts';

/** The sizes of the open models at one megapixel; a quarter megapixel halves both sides. */
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

/** Draws the image for a prediction's input, or what the fault makes of it. */
export async function drawOutput(input: ModelInput, fault: string | undefined): Promise<Buffer> {
  const [widthPx, heightPx] = sizeOf(input);
  const quality = 'output_quality' in input ? input.output_quality : undefined;
  const spec = { widthPx, heightPx, seed: input.seed ?? 0, format: input.output_format };
  return drawDelivered(quality === undefined ? spec : { ...spec, quality }, fault);
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
