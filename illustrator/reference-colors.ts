import sharp from 'sharp';
import { distance, hex, type Color, type Rgb } from './drawing/color.ts';
import { findFace, isSkin, type Face } from './find-face.ts';

/** Small enough that every pixel is a patch of the picture. */
const SAMPLE_PX = 48;
/** Bits of a channel that are told apart when patches are counted. */
const BITS = 4;
/** Below this two colors look the same on a coat. */
const APART = 0.12;
/** Share of the picture's width, at both sides and above, where the ground is looked for. */
const MARGIN = 0.06;
/** Fewer patches say nothing: a bald head, a hat, shoulders out of the picture. */
const PATCHES_MIN = 8;

/** What a portrait takes from a reference image. A picture without a face has only `ground` and `cloth`. */
export interface ReferenceColors {
  readonly skin?: Color;
  readonly hair?: Color;
  readonly cloth?: Color;
  readonly ground?: Color;
}

interface Patch {
  readonly x: number;
  readonly y: number;
  readonly rgb: Rgb;
}

/** Reads the colors of skin, hair, clothes and ground from where a portrait has them. Deterministic. */
export async function referenceColors(bytes: Buffer): Promise<ReferenceColors> {
  const patches = await samplePatches(bytes);
  const face = findFace(
    patches.map(({ rgb }) => rgb),
    SAMPLE_PX,
  );
  if (face === undefined) {
    const [ground, cloth] = mostFrequent(patches, 2);
    return { ...(ground && { ground }), ...(cloth && { cloth }) };
  }
  const margin = patches.filter(
    ({ x, y }) => Math.min(x, y, SAMPLE_PX - 1 - x) < MARGIN * SAMPLE_PX && y < face.bottom,
  );
  const grounds = mostFrequent(margin, 3);
  const others = patches.filter(({ rgb }) => [face.tone, ...grounds].every((known) => differs(rgb, known)));
  const [ground] = grounds;
  const skin = mostFrequent(
    patches.filter(({ x, y, rgb }) => isWithin(face, x, y) && isSkin(rgb)),
    1,
  )[0];
  const hair = colorOf(others.filter(({ x, y }) => isAtHair(face, x, y)));
  const cloth = colorOf(others.filter(({ x, y }) => isBelow(face, x, y)));
  return { ...(skin && { skin }), ...(hair && { hair }), ...(cloth && { cloth }), ...(ground && { ground }) };
}

async function samplePatches(bytes: Buffer): Promise<Patch[]> {
  const data = await sharp(bytes)
    .autoOrient()
    .resize(SAMPLE_PX, SAMPLE_PX, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
  return Array.from({ length: SAMPLE_PX * SAMPLE_PX }, (_, index) => ({
    x: index % SAMPLE_PX,
    y: Math.floor(index / SAMPLE_PX),
    rgb: [data[3 * index]!, data[3 * index + 1]!, data[3 * index + 2]!],
  }));
}

function isWithin({ left, right, top, bottom }: Face, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Above the forehead, and beside it down to the eyes. */
function isAtHair({ left, right, top, bottom }: Face, x: number, y: number): boolean {
  const [width, height] = [right - left + 1, bottom - top + 1];
  return x >= left - 0.3 * width && x <= right + 0.3 * width && y >= top - 0.45 * height && y <= top + 0.4 * height;
}

/** Chest and shoulders. */
function isBelow({ left, right, top, bottom }: Face, x: number, y: number): boolean {
  const [width, height] = [right - left + 1, bottom - top + 1];
  return x >= left - 0.6 * width && x <= right + 0.6 * width && y >= bottom + 0.3 * height;
}

function colorOf(patches: readonly Patch[]): Color | undefined {
  return patches.length < PATCHES_MIN ? undefined : mostFrequent(patches, 1)[0];
}

/** The colors that cover most of the patches, the most frequent first, each unlike the others. */
function mostFrequent(patches: readonly Patch[], count: number): Color[] {
  const boxes = new Map<number, Rgb[]>();
  for (const { rgb } of patches) {
    const [r, g, b] = rgb.map((channel) => channel >> (8 - BITS)) as unknown as Rgb;
    const key = (r << (2 * BITS)) | (g << BITS) | b;
    boxes.set(key, [...(boxes.get(key) ?? []), rgb]);
  }
  const found: Color[] = [];
  for (const [, box] of [...boxes].toSorted(([a, x], [b, y]) => y.length - x.length || a - b)) {
    const mean = hex(averageOf(box));
    if (found.every((other) => distance(mean, other) >= APART)) found.push(mean);
    if (found.length === count) break;
  }
  return found;
}

const averageOf = (box: readonly Rgb[]): Rgb =>
  [0, 1, 2].map((channel) =>
    Math.round(box.reduce((sum, rgb) => sum + rgb[channel]!, 0) / box.length),
  ) as unknown as Rgb;

const differs = (rgb: Rgb, other: Color): boolean => distance(hex(rgb), other) >= APART;
