import sharp from 'sharp';

export interface ImageSpec {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly seed: number;
  readonly format: 'png' | 'jpg' | 'webp';
  readonly quality?: number;
}

/** Draws a small image that is unique to the seed: a head on a background, with colors and positions from its bits. */
export async function drawImage({ widthPx, heightPx, seed, format, quality = 80 }: ImageSpec): Promise<Buffer> {
  const hue = seed % 360;
  const tilt = (seed >>> 9) % 40;
  const face = 20 + ((seed >>> 16) % 14);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" width="${widthPx}" height="${heightPx}">
    <rect width="100" height="100" fill="hsl(${hue},45%,62%)"/>
    <ellipse cx="50" cy="112" rx="${34 + tilt / 4}" ry="42" fill="hsl(${(hue + 140) % 360},40%,35%)"/>
    <circle cx="${40 + tilt / 2}" cy="48" r="${face}" fill="hsl(28,48%,${45 + tilt}%)"/>
    <text x="50" y="97" font-size="5" text-anchor="middle" fill="#0008">${seed}</text></svg>`;
  const image = sharp(Buffer.from(svg));
  if (format === 'png') return image.png({ compressionLevel: 6 }).toBuffer();
  if (format === 'jpg') return image.jpeg({ quality }).toBuffer();
  return image.webp({ quality }).toBuffer();
}
