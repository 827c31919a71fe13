import { createDeflate, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { corners, noise } from './images.ts';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GRAY_1_BIT = [1, 0];
const BOMB_SIDE_PX = 30_000;
/** A divisor of the side. */
const ROWS_AT_ONCE = 200;

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

function header(widthPx: number, heightPx: number, [depth, color]: number[]): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(widthPx, 0);
  data.writeUInt32BE(heightPx, 4);
  data.set([depth!, color!], 8);
  return chunk('IHDR', data);
}

function numbers(...values: readonly (readonly [bytes: 1 | 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntBE(value, 0, bytes);
      return field;
    }),
  );
}

let exploding: Promise<Buffer> | undefined;

/** A decompression bomb: 900 million real pixels in a few hundred KB. Compressed once. */
export function bomb(): Promise<Buffer> {
  exploding ??= compressBomb();
  return exploding;
}

async function compressBomb(): Promise<Buffer> {
  const rows = Buffer.alloc(ROWS_AT_ONCE * (1 + BOMB_SIDE_PX / 8));
  const deflate = createDeflate({ level: 1 });
  const parts: Buffer[] = [];
  deflate.on('data', (part: Buffer) => void parts.push(part));
  for (let y = 0; y < BOMB_SIDE_PX; y += ROWS_AT_ONCE) {
    if (!deflate.write(rows)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  await new Promise<void>((resolve) => deflate.once('end', resolve).end());
  return Buffer.concat([
    PNG_SIGNATURE,
    header(BOMB_SIDE_PX, BOMB_SIDE_PX, GRAY_1_BIT),
    chunk('IDAT', Buffer.concat(parts)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The chunks of a PNG after its signature and header. */
function restOf(png: Buffer): Buffer {
  return png.subarray(PNG_SIGNATURE.length + 25);
}

/** A small PNG whose header claims the given size. */
export async function pngWithFalseHeader(widthPx: number, heightPx: number): Promise<Buffer> {
  const valid = await corners(300, 300);
  const [depth, color] = [...valid.subarray(24, 26)];
  return Buffer.concat([PNG_SIGNATURE, header(widthPx, heightPx, [depth!, color!]), restOf(valid)]);
}

/** A JPEG whose frame header claims the given size. */
export async function jpegWithFalseHeader(heightPx: number, widthPx = 300): Promise<Buffer> {
  const bytes = await noise(300, 300).jpeg().toBuffer();
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(heightPx, frame + 5);
  bytes.writeUInt16BE(widthPx, frame + 7);
  return bytes;
}

export async function cutInHalf(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Buffer> {
  const image = noise(400, 400);
  // Otherwise AVIF takes seconds.
  const whole = await (format === 'avif' ? image.avif({ effort: 0 }) : image.toFormat(format)).toBuffer();
  return whole.subarray(0, whole.length / 2);
}

/** Two frames: black, then white. */
export function animated(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = Buffer.concat([0, 255].map((level) => Buffer.alloc(300 * 300 * 3, level)));
  const strip = sharp(frames, { raw: { width: 300, height: 600, channels: 3, pageHeight: 300 } });
  return (format === 'gif' ? strip.gif({ delay: [100, 100] }) : strip.webp({ delay: [100, 100] })).toBuffer();
}

/** An APNG with two frames; the first is the PNG itself: four colors by default. */
export async function animatedPng(image?: Buffer): Promise<Buffer> {
  const first = image ?? (await corners(300, 300));
  const ihdr = first.subarray(PNG_SIGNATURE.length, PNG_SIGNATURE.length + 25);
  const data = (png: Buffer) => png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8);
  const second = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const frame = (sequence: number) =>
    chunk('fcTL', numbers([4, sequence], [4, 300], [4, 300], [4, 0], [4, 0], [2, 1], [2, 10], [1, 0], [1, 0]));
  return Buffer.concat([
    PNG_SIGNATURE,
    ihdr,
    chunk('acTL', numbers([4, 2], [4, 0])),
    frame(0),
    chunk('IDAT', data(first)),
    frame(1),
    chunk('fdAT', Buffer.concat([numbers([4, 2]), data(second)])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const SCRIPT = '<script>alert(document.domain)</script>';

/** A JPEG that contains a web page in a comment and after its end. */
export async function polyglot(): Promise<Buffer> {
  const bytes = await sharp(await corners(400, 300))
    .jpeg({ quality: 95 })
    .toBuffer();
  const page = Buffer.from(`<!doctype html>${SCRIPT}`);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), numbers([2, page.length + 2]), page]);
  return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2), page]);
}

export const SVG = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">${SCRIPT}<image href="file:///etc/passwd"/></svg>`,
);

/** A JPEG with a location, a copyright and XMP in its metadata. */
export async function withLocation(): Promise<Buffer> {
  return sharp(await corners(400, 300))
    .withExif({
      IFD0: { Copyright: 'Somebody', Make: 'Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>Home</place></x:xmpmeta>')
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** The allowed image that needs most memory: progressive, 16 bits a channel, and rotated after decoding. */
export async function heaviestAllowed(): Promise<Buffer> {
  return sharp({ create: { width: 6000, height: 4000, channels: 4, background: '#12345680' } })
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** A PNG with one more chunk before its pixels. */
export function withChunk(png: Buffer, name: string, data: Buffer): Buffer {
  const start = PNG_SIGNATURE.length + 25;
  return Buffer.concat([png.subarray(0, start), chunk(name, data), png.subarray(start)]);
}

/** The gAMA chunk's data. */
export function gammaOf(gamma: number): Buffer {
  return numbers([4, Math.round(gamma * 100_000)]);
}

/** A small progressive JPEG with so many scans: 2,647 of them took 12 seconds to decode. */
export async function manyScans(scans: number): Promise<Buffer> {
  const bytes = await sharp(await corners(400, 400))
    .jpeg({ progressive: true })
    .toBuffer();
  const last = bytes.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = bytes.subarray(last, -2);
  return Buffer.concat([bytes.subarray(0, -2), ...Array.from({ length: scans }, () => scan), bytes.subarray(-2)]);
}

/** Frames on which nothing is seen, then one with four colors. */
export async function fadesIn(blankFrames: number, blank: string): Promise<Buffer> {
  const empty = await sharp({ create: { width: 300, height: 300, channels: 4, background: blank } })
    .raw()
    .toBuffer();
  const seen = await sharp(await corners(300, 300))
    .ensureAlpha()
    .raw()
    .toBuffer();
  const frames = [...Array.from({ length: blankFrames }, () => empty), seen];
  const raw = { width: 300, height: 300 * frames.length, channels: 4, pageHeight: 300 } as const;
  return sharp(Buffer.concat(frames), { raw })
    .webp({ lossless: true, delay: frames.map(() => 100) })
    .toBuffer();
}
