import sharp from 'sharp';
import { distance, type Color } from './drawing/color.ts';

/** Small enough that every pixel is a patch of the picture. */
const SAMPLE_PX = 32;
/** Bits of a channel that are told apart when patches are counted. */
const BITS = 4;
const COLORS = 3;
/** Below this two colors look the same on a coat. */
const APART = 0.12;

/** The colors that cover most of a picture, the most frequent first, each unlike the others. Deterministic. */
export async function dominantColors(bytes: Buffer): Promise<Color[]> {
  const { data } = await sharp(bytes)
    .resize(SAMPLE_PX, SAMPLE_PX, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const boxes = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at + 2 < data.length; at += 3) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const key = ((r >> (8 - BITS)) << (2 * BITS)) | ((g >> (8 - BITS)) << BITS) | (b >> (8 - BITS));
    const box = boxes.get(key) ?? { count: 0, sum: [0, 0, 0] };
    box.count += 1;
    box.sum = [box.sum[0] + r, box.sum[1] + g, box.sum[2] + b];
    boxes.set(key, box);
  }
  const found: Color[] = [];
  for (const [, { count, sum }] of [...boxes].toSorted(([a, x], [b, y]) => y.count - x.count || a - b)) {
    const color = hex(sum.map((total) => Math.round(total / count)));
    if (found.every((other) => distance(color, other) >= APART)) found.push(color);
    if (found.length === COLORS) break;
  }
  return found;
}

function hex(channels: readonly number[]): Color {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
