import sharp from 'sharp';
import { corners } from '../uploads/images.ts';

const SIDE_PX = 1900;
/** Noise can't be compressed, and leaves the four colors visible. */
const NOISE = { type: 'gaussian', mean: 128, sigma: 30 } as const;

interface ImageFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

let drawn: Promise<ImageFile> | undefined;

/** A PNG of four colors that is larger than an upload may be. Drawn once. */
export function largeImage(): Promise<ImageFile> {
  return (drawn ??= draw());
}

async function draw(): Promise<ImageFile> {
  const noise = await sharp({
    create: { width: SIDE_PX, height: SIDE_PX, channels: 3, background: '#888', noise: NOISE },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const buffer = await sharp(await corners(30, 30))
    .resize(SIDE_PX, SIDE_PX, { kernel: 'nearest' })
    .composite([{ input: noise, blend: 'soft-light' }])
    .removeAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { name: 'large.png', mimeType: 'image/png', buffer };
}
