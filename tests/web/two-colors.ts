import sharp from 'sharp';

const WIDTH_PX = 1200;
const HEIGHT_PX = 600;
/** The image is sampled on a grid of this many squares a side. */
const SAMPLES = 8;

/** A file to upload: its left half red, its right half blue. */
export async function twoColors(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const half = { width: WIDTH_PX / 2, height: HEIGHT_PX };
  const blue = await sharp({ create: { ...half, channels: 3, background: '#1030e0' } })
    .png()
    .toBuffer();
  const buffer = await sharp({ create: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3, background: '#e01030' } })
    .composite([{ input: blue, left: WIDTH_PX / 2, top: 0 }])
    .png()
    .toBuffer();
  return { name: 'two-colors.png', mimeType: 'image/png', buffer };
}

/** Which of the two colors the image at this URL contains. */
export async function dominantColors(address: string): Promise<string[]> {
  const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
  const { data, info } = await sharp(bytes).resize(SAMPLES, SAMPLES).raw().toBuffer({ resolveWithObject: true });
  const seen = new Set<string>();
  for (let at = 0; at < data.length; at += info.channels)
    seen.add((data[at] ?? 0) > (data[at + 2] ?? 0) ? 'red' : 'blue');
  return [...seen];
}
