import sharp, { type Sharp } from 'sharp';

const RED = [200, 30, 20];
const GREEN = [30, 160, 40];
const BLUE = [20, 40, 200];
const YELLOW = [220, 210, 40];

/** Red and green at the top, blue and yellow at the bottom, so that every rotation and reflection is visible. */
export const UPRIGHT_CORNERS = [RED, GREEN, BLUE, YELLOW];

export async function corners(widthPx: number, heightPx: number): Promise<Buffer> {
  const data = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const corner = (y < heightPx / 2 ? 0 : 2) + (x < widthPx / 2 ? 0 : 1);
      data.set(UPRIGHT_CORNERS[corner]!, (y * widthPx + x) * 3);
    }
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png()
    .toBuffer();
}

/** The colors at a quarter of width and height from each corner. */
export async function cornersOf(image: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  const [left, right] = [Math.floor(info.width / 4), Math.floor((info.width * 3) / 4)];
  const [top, bottom] = [Math.floor(info.height / 4), Math.floor((info.height * 3) / 4)];
  return [at(left, top), at(right, top), at(left, bottom), at(right, bottom)];
}

interface Transformation {
  readonly mirrored: boolean;
  /** Degrees clockwise, after mirroring. */
  readonly rotatedDegrees: 0 | 90 | 180 | 270;
}

/** How a rotated camera stores an upright image, by the EXIF orientation that undoes it. */
const TRANSFORMATIONS: Readonly<Record<number, Transformation>> = {
  1: { mirrored: false, rotatedDegrees: 0 },
  2: { mirrored: true, rotatedDegrees: 0 },
  3: { mirrored: false, rotatedDegrees: 180 },
  4: { mirrored: true, rotatedDegrees: 180 },
  5: { mirrored: true, rotatedDegrees: 270 },
  6: { mirrored: false, rotatedDegrees: 270 },
  7: { mirrored: true, rotatedDegrees: 90 },
  8: { mirrored: false, rotatedDegrees: 90 },
};

/** An upright image stored with an EXIF orientation. @param orientation 1 to 8. @throws RangeError for others */
export async function withOrientation(orientation: number): Promise<Buffer> {
  const transformation = TRANSFORMATIONS[orientation];
  if (transformation === undefined) throw new RangeError('There are eight orientations');
  const mirrored = await sharp(await corners(400, 300))
    .flop(transformation.mirrored)
    .toBuffer();
  const stored = await sharp(mirrored).rotate(transformation.rotatedDegrees).toBuffer();
  return sharp(stored).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
}

/** A different image for each seed, as distinct as photos are. */
export async function photo(seed: number): Promise<Sharp> {
  const at = (n: number) => Math.round(60 + 200 * Math.abs(Math.sin(seed * 7.3 + n * 1.7)));
  const circle = (turn: number) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><circle cx="${at(turn)}" cy="${at(turn + 10)}" r="${at(turn + 20) / 3}" fill="hsl(${at(turn) * 2} 60% ${20 + turn * 15}%)"/></svg>`,
    );
  const drawn = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#dddddd' } })
    .composite([0, 1, 2, 3, 4].map((turn) => ({ input: circle(turn) })))
    .png()
    .toBuffer();
  return sharp(drawn);
}

/** Noise, which compresses badly, so that the file is large enough to cut. */
export function noise(widthPx: number, heightPx: number): Sharp {
  const grain = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: '#000', noise: grain } });
}
