import sharp from 'sharp';
import type { Plate, Size } from './plate.ts';

/** Blocks on the shorter side that pixel art aims at. */
const AIM = 72;
const COLORS = 32;

/** Rows and columns of equal square blocks that fill the picture, as near to {@link AIM} as its sides allow. */
export function pixelGrid({ widthPx, heightPx }: Size): { columns: number; rows: number } {
  const short = Math.min(widthPx, heightPx);
  let best = Math.max(1, Math.round(short / AIM));
  let bestMiss = Number.POSITIVE_INFINITY;
  for (let block = 2; block <= short / 32; block += 1) {
    if (widthPx % block !== 0 || heightPx % block !== 0) continue;
    const miss = Math.abs(Math.log(short / block / AIM));
    if (miss < bestMiss) {
      best = block;
      bestMiss = miss;
    }
  }
  return { columns: Math.ceil(widthPx / best), rows: Math.ceil(heightPx / best) };
}

/** Shrinks to one pixel a block, sharpens, and keeps 32 colors. */
export async function toPixelArt(plate: Plate, oversampling: number): Promise<Plate> {
  const width = Math.round(plate.width / oversampling);
  const height = Math.round(plate.height / oversampling);
  const reduced = await sharp(plate.data, { raw: { width: plate.width, height: plate.height, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .png({ palette: true, colors: COLORS, dither: 0, effort: 4 })
    .toBuffer();
  const data = await sharp(reduced).removeAlpha().raw().toBuffer();
  return { data, width, height, channels: 3 };
}
