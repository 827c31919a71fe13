import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '#contract/problem.ts';
import { uploadedAvatar } from '#contract/upload.ts';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import {
  animated,
  animatedPng,
  bomb,
  cutInHalf,
  fadesIn,
  heaviestAllowed,
  jpegWithFalseHeader,
  manyScans,
  pngWithFalseHeader,
  polyglot,
  SCRIPT,
  SVG,
  withLocation,
} from './hostile-images.ts';
import { corners, cornersOf, withOrientation, noise, UPRIGHT_CORNERS } from './images.ts';
import { readLongRun, rowsOf } from '../support/long-run.ts';
import { sendRejectedImage, type ImageRequest, sendImage, requestOf } from './send-image.ts';
import { useUploadStudio } from './upload-studio.ts';

/** How far two lossy encodings may shift a color. */
const SHIFT_MAX = 30;
/** Memory that forms and decoded images may add; decoding itself happens in other processes. Measured: 60 MB. */
const RSS_GROWTH_MAX_BYTES = 250 * 1024 * 1024;
/** Half of them take two seconds each. */
const SENT_AT_ONCE = readLongRun('matrices') === undefined ? 4 : 6;
const SAMPLE_EVERY_MS = 5;

const upload = useUploadStudio();

/** Uploads an image. @returns the avatar and its image's bytes from the bucket */
async function publish(image: Buffer, more?: Partial<ImageRequest>) {
  const user = await upload.api.user();
  const { status, body } = await sendImage(upload.api.address, 'uploadAvatar', requestOf(user, image, more));
  expect(status).toBe(201);
  const avatar = uploadedAvatar.parse(body);
  const [object] = await upload.objectsOf(user, 2);
  return { avatar, bytes: await upload.studio.store.read(object!) };
}

function expectColors(actual: number[][], expected: number[][]): void {
  const shifts = actual.flatMap((color, index) => color.map((part, at) => Math.abs(part - expected[index]![at]!)));
  expect(Math.max(...shifts)).toBeLessThan(SHIFT_MAX);
}

describe('a hostile file', () => {
  const corpus: [string, () => Promise<Buffer> | Buffer, ProblemCode, Partial<ImageRequest>?][] = [
    ['900 million pixels in a few hundred KB', bomb, 'image_rejected'],
    ['a header that claims 900 million pixels', () => pngWithFalseHeader(30_000, 30_000), 'image_rejected'],
    ['a header that claims more pixels than the data has', () => pngWithFalseHeader(4_000, 4_000), 'image_rejected'],
    ['a header that claims another height than the data has', () => pngWithFalseHeader(256, 300), 'image_rejected'],
    ['a JPEG of 2,647 scans', () => manyScans(2_647), 'image_rejected'],
    ['a strip', () => corners(1_600, 256), 'image_rejected'],
    ['an image that moves and shows nothing', () => animated('webp'), 'image_rejected'],
    ['a JPEG whose header claims more rows than the data has', () => jpegWithFalseHeader(1_000), 'image_rejected'],
    ['half a JPEG', () => cutInHalf('jpeg'), 'image_rejected'],
    ['half a PNG', () => cutInHalf('png'), 'image_rejected'],
    ['half a WebP', () => cutInHalf('webp'), 'image_rejected'],
    ['an image that is too small', () => corners(1000, 255), 'image_rejected'],
    ['an empty file', () => Buffer.alloc(0), 'image_rejected'],
    ['an animated GIF', () => animated('gif'), 'unsupported_media', { fileName: 'me.gif', mimeType: 'image/gif' }],
    ['a HEIC photo declared as a JPEG', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'unsupported_media'],
    ['a GIF declared as a JPEG', () => animated('gif'), 'unsupported_media'],
    ['an SVG declared as a PNG', () => SVG, 'unsupported_media', { fileName: 'me.png', mimeType: 'image/png' }],
    ['a web page declared as an image', () => Buffer.from(SCRIPT), 'unsupported_media', { fileName: 'me.jpg.html' }],
    ['11 MB', () => Buffer.alloc(11 * 1024 * 1024, 0xff), 'payload_too_large'],
    ['one byte too many', () => Buffer.alloc(UPLOAD_MAX_BYTES + 1, 0xff), 'payload_too_large'],
  ];

  /** One of each reason: too many pixels, too much work, damaged, its shape, its format, its size. */
  const tried = rowsOf('matrices', corpus, ([name]) =>
    /^(900 million|a JPEG of 2|half a JPEG|an image that is too small|an animated GIF|an SVG|one byte)/u.test(name),
  );
  it.each(tried)('is refused without a charge or an object: %s', async (_, create, code, more) => {
    const user = await upload.api.user();
    const request = requestOf(user, await create(), more);
    for (const route of ['uploadAvatar', 'createUpload', 'inspectUpload'] as const) {
      const { body } = await sendRejectedImage(upload.api.address, route, request);
      expect([body.code, body.detail]).toEqual([code, expect.any(String)]);
    }
    expect(await upload.creditsOf(user)).toEqual({ posted: 100, held: 0 });
    expect(await upload.objectsOf(user, 0)).toEqual([]);
    const { body } = await upload.api.client.ok('listGenerations', { token: user.token });
    expect(body.meta.total).toBe(0);
  });
});

describe('an unusual file', () => {
  /** One that mirrors, and one that turns. */
  const orientations = rowsOf('matrices', [1, 2, 3, 4, 5, 6, 7, 8], (orientation) => [2, 6].includes(orientation));
  it.each(orientations)('is published upright from EXIF orientation %i', async (orientation) => {
    const { avatar, bytes } = await publish(await withOrientation(orientation));
    expect([avatar.width, avatar.height]).toEqual([400, 300]);
    expectColors(await cornersOf(bytes), UPRIGHT_CORNERS);
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  it.each([
    ['an animated PNG', animatedPng, UPRIGHT_CORNERS],
    ['a WebP that fades in from black', () => fadesIn(2, '#000000'), UPRIGHT_CORNERS],
    [
      'CMYK',
      async () =>
        sharp(await corners(400, 300))
          .toColourspace('cmyk')
          .jpeg({ quality: 95 })
          .toBuffer(),
      undefined,
    ],
    [
      '16 bits a channel',
      async () =>
        sharp(await corners(400, 300))
          .toColourspace('rgb16')
          .png()
          .toBuffer(),
      UPRIGHT_CORNERS,
    ],
    ['a JPEG with a web page in a comment and after its end', polyglot, UPRIGHT_CORNERS],
    ['a location and a name in its metadata', withLocation, UPRIGHT_CORNERS],
  ] as const)('is published without metadata: %s', async (_, create, colors) => {
    const { bytes } = await publish(await create());
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format: 'webp', space: 'srgb', depth: 'uchar' });
    expect(metadata.pages ?? 1).toBe(1);
    const { exif, icc, xmp, iptc } = metadata;
    expect([exif, icc, xmp, iptc].filter((found) => found !== undefined)).toEqual([]);
    for (const text of ['script', 'GPS', 'Somebody', 'Home']) expect(bytes.includes(text)).toBe(false);
    if (colors) expectColors(await cornersOf(bytes), colors);
  });

  const names = [
    ['with two extensions', 'me.php.jpg'],
    ['as a path out of its folder', '../../../etc/passwd.jpg'],
    ['with a NUL', 'a\u0000b.jpg'],
    ['longer than any file system takes', `${'x'.repeat(5000)}.jpg`],
    ['with an extension only', '.jpg'],
  ] as const;
  it.each(rowsOf('matrices', names, (_, index) => index % 2 === 1))(
    'is published without its name when named %s',
    async (_, fileName) => {
      const image = await sharp(await corners(400, 300))
        .jpeg()
        .toBuffer();
      const { avatar } = await publish(image, { fileName, mimeType: 'application/x-php' });
      expect(JSON.stringify(avatar)).not.toMatch(/php|passwd|xxxx/);
    },
  );

  it('is published when it has exactly the maximum size', async () => {
    const image = await noise(300, 300).jpeg().toBuffer();
    // Bytes after an image's end are ignored.
    const padded = Buffer.concat([image, Buffer.alloc(UPLOAD_MAX_BYTES - image.length)]);
    expect((await publish(padded)).avatar).toMatchObject({ width: 300, height: 300 });
  });
});

describe('the memory of the API', () => {
  it('stays bounded while many of the heaviest allowed images and decompression bombs arrive at once', async () => {
    const [heavy, exploding] = await Promise.all([heaviestAllowed(), bomb()]);
    const user = await upload.api.user();
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, SAMPLE_EVERY_MS);
    const statuses = await Promise.all(
      Array.from({ length: SENT_AT_ONCE }, async (__, index) => {
        if (index % 2 === 1)
          return (await sendRejectedImage(upload.api.address, 'createUpload', requestOf(user, exploding))).status;
        return (await sendImage(upload.api.address, 'createUpload', requestOf(user, heavy))).status;
      }),
    );
    clearInterval(sampling);
    const half = SENT_AT_ONCE / 2;
    expect(statuses.toSorted()).toEqual([...Array<number>(half).fill(201), ...Array<number>(half).fill(422)]);
    expect(peak - before).toBeLessThan(RSS_GROWTH_MAX_BYTES);
  });
});

it('hostile and unusual files leave a ledger without violations', async () => {
  expect(await upload.studio.violations()).toEqual([]);
});
