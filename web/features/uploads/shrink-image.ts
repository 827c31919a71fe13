import { KIND_BYTES } from '#domain/generation/image-kind.ts';
import { type UploadFormat, uploadFormatOf } from '#domain/generation/upload-format.ts';
import { loadImage } from './load-image.ts';

/** What the browser gave is not what was drawn: it protects images from pages, or its canvas is broken. */
export class CanvasSpoiled extends Error {
  override readonly name = 'CanvasSpoiled';
}

/** Longer sides to try, the largest first: a part of the image may be kept, at up to 2048 px. */
const SIDES_PX = [4096, 3072, 2048, 1024];
const QUALITY = 0.92;
/** Copy and canvas are compared at this size. */
const SAMPLE_PX = 16;
/** Levels by which a lossy copy may differ at a point. Noise and white differ by more than 100. */
const DIFFERENCE_MAX = 48;
const KNOWN_COLOR = [200, 60, 20, 255] as const;
/** Some browsers change the lowest bits of what a page reads. */
const READ_DIFFERENCE_MAX = 4;

interface ShrinkOptions {
  readonly format: UploadFormat;
  readonly maxBytes: number;
}

/**
 * Makes a smaller copy of an image, and checks its type, its size, and that it shows what was drawn: some browsers write another type
 * than they are asked for, and some give pages noise.
 * @throws CanvasSpoiled
 */
export async function shrinkImage(image: HTMLImageElement, { format, maxBytes }: ShrinkOptions): Promise<Blob> {
  if (!readsKnownPixel()) throw new CanvasSpoiled('The browser does not read back what was drawn');
  // Every browser writes JPEG; others may have transparency. One that can't write WebP gives a PNG.
  const type = format === 'jpeg' ? 'image/jpeg' : 'image/webp';
  const longestPx = Math.max(image.naturalWidth, image.naturalHeight);
  for (const sidePx of new Set(SIDES_PX.map((side) => Math.min(side, longestPx)))) {
    const canvas = draw(image, sidePx / longestPx);
    const copy = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
    if (!copy || !(await isImage(copy))) throw new CanvasSpoiled('The browser gave no image');
    if (copy.size > maxBytes) continue;
    if (!(await shows(copy, canvas))) throw new CanvasSpoiled('The browser gave another image than was drawn');
    return copy;
  }
  throw new CanvasSpoiled('The browser gave only images that are too large');
}

function draw(image: HTMLImageElement, scale = 1): HTMLCanvasElement {
  const { naturalWidth, naturalHeight } = image;
  const [width, height] = [Math.round(naturalWidth * scale), Math.round(naturalHeight * scale)];
  const { canvas, context } = createCanvas(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

function createCanvas(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new CanvasSpoiled('The browser has no canvas');
  return { canvas, context };
}

function readsKnownPixel(): boolean {
  const { context } = createCanvas(SAMPLE_PX, SAMPLE_PX);
  context.fillStyle = `rgb(${KNOWN_COLOR.slice(0, 3).join(' ')})`;
  context.fillRect(0, 0, SAMPLE_PX, SAMPLE_PX);
  const { data } = context.getImageData(0, 0, SAMPLE_PX, SAMPLE_PX);
  return data.every((level, index) => Math.abs(level - KNOWN_COLOR[index % 4]!) <= READ_DIFFERENCE_MAX);
}

async function isImage(copy: Blob): Promise<boolean> {
  return uploadFormatOf(new Uint8Array(await copy.slice(0, KIND_BYTES).arrayBuffer())) !== undefined;
}

async function shows(copy: Blob, drawn: HTMLCanvasElement): Promise<boolean> {
  const url = URL.createObjectURL(copy);
  try {
    // Both from a canvas: browsers scale images in another way.
    const [seen, expected] = [sampleOf(draw(await loadImage(url))), sampleOf(drawn)];
    return seen.every((level, index) => Math.abs(level - expected[index]!) <= DIFFERENCE_MAX);
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function sampleOf(image: HTMLCanvasElement): Uint8ClampedArray {
  const { context } = createCanvas(SAMPLE_PX, SAMPLE_PX);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, SAMPLE_PX, SAMPLE_PX);
  return context.getImageData(0, 0, SAMPLE_PX, SAMPLE_PX).data;
}
