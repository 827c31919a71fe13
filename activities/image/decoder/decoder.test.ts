import sharp from 'sharp';
import { TaskCancelledError } from 'cockatiel';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { corners, noise } from '#tests/uploads/images.ts';
import { CorruptImage, encodeImage } from '../encode-image.ts';
import { UploadRejected } from '../upload-rejected.ts';
import { createDecoder, type Decoder, type DecoderOptions } from './decoder.ts';

const MEBIBYTE = 1024 * 1024;
let decoder: Decoder | undefined;
afterEach(() => decoder?.close());

function open(options: Partial<DecoderOptions>): Decoder {
  decoder = createDecoder({ processes: 1, ...options });
  return decoder;
}

/** Takes a second of a core. */
let expensive: Buffer;
beforeAll(async () => {
  expensive = await sharp({ create: { width: 5500, height: 4400, channels: 3, background: '#135' } })
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();
});
const square = (background: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .png()
    .toBuffer();
const cheap = () => noise(300, 300).jpeg().toBuffer();

describe('a decoder', () => {
  it('reads images in another process, and passes on what it refuses and why', async () => {
    const { sanitize, inspect, deliver } = open({});
    expect(await sanitize(await cheap(), 'reference')).toMatchObject({ mimeType: 'image/webp', widthPx: 300 });
    expect(await inspect(await corners(400, 300))).toMatchObject({ format: 'png', widthPx: 400, heightPx: 300 });
    const requested = { aspectRatios: [1], sidePx: 300 };
    expect(await deliver(await corners(300, 300), requested, {}).fault).toBeUndefined();
    expect(await deliver(Buffer.from('no image'), requested, {}).fault).toBe('damaged');
    const refused = sanitize(Buffer.from('GIF89a'), 'lossless');
    await expect(refused).rejects.toMatchObject({ name: UploadRejected.name, fault: 'unsupported' });
  });

  it('encodes what a provider delivered as this process would, and tells damaged bytes apart', async () => {
    const { encode } = open({});
    const bytes = await cheap();
    const encoded = await encode(bytes, { print: 'smooth' });
    expect(encoded).toEqual(await encodeImage(bytes, { print: 'smooth' }));
    expect(Buffer.isBuffer(encoded.image)).toBe(true);
    await expect(encode(Buffer.from('no image'), {})).rejects.toBeInstanceOf(CorruptImage);
    decoder?.close();
    await expect(open({ cpuMs: 150 }).encode(expensive, {})).rejects.toBeInstanceOf(CorruptImage);
  });

  it.each([{}, { print: 'blocks' }, { maxSidePx: 256 }] as const)(
    'encodes what it has checked, with %j',
    async (options) => {
      const { deliver, encode } = open({});
      const bytes = await corners(300, 300);
      const { fault, encoded } = deliver(bytes, { aspectRatios: [1], sidePx: 300 }, options);
      expect(await fault).toBeUndefined();
      expect(await encoded).toEqual(await encode(bytes, options));
    },
  );

  it('passes on that a delivery is faulty or too expensive, and then has encoded nothing', async () => {
    const { deliver } = open({ cpuMs: 150 });
    const plain = deliver(await square('#135'), { aspectRatios: [1], sidePx: 300 }, {});
    expect(await plain.fault).toBe('plain');
    expect(await plain.encoded).toBeUndefined();
    const endless = deliver(expensive, { aspectRatios: [], sidePx: 0 }, {});
    await expect(endless.fault).rejects.toMatchObject({ fault: 'too_expensive' });
    expect(await endless.encoded).toBeUndefined();
  });

  it.each([
    ['time', { cpuMs: 150 }],
    ['memory', { memoryBytes: 100 * MEBIBYTE }],
  ])('ends a job that exceeds its %s, and goes on with the next', async (_, limit) => {
    const { sanitize } = open(limit);
    await expect(sanitize(expensive, 'lossless')).rejects.toMatchObject({ fault: 'too_expensive' });
    expect(await sanitize(await cheap(), 'lossless')).toMatchObject({ widthPx: 300 });
  });

  it('ends a job that takes too long on the clock', async () => {
    const { sanitize } = open({ wallMs: 20 });
    await expect(sanitize(await cheap(), 'lossless')).rejects.toMatchObject({ fault: 'too_expensive' });
  });

  it('does other work while one image is decoded', async () => {
    const { sanitize } = open({ processes: 2 });
    const finished: string[] = [];
    await Promise.all([
      sanitize(expensive, 'lossless').then(() => finished.push('expensive')),
      sanitize(await cheap(), 'lossless').then(() => finished.push('cheap')),
    ]);
    expect(finished).toEqual(['cheap', 'expensive']);
  });

  it('forgets what waits for a process when its caller gives up', async () => {
    const { sanitize, deliver, encode } = open({});
    const stopping = new AbortController();
    const running = sanitize(expensive, 'lossless');
    const requested = { aspectRatios: [1], sidePx: 256 };
    const waiting = [
      deliver(await cheap(), requested, {}, stopping.signal).fault,
      encode(await cheap(), {}, stopping.signal),
    ];
    stopping.abort();
    for (const job of waiting) await expect(job).rejects.toBeInstanceOf(TaskCancelledError);
    await expect(running).resolves.toBeDefined();
  });

  it('fails what is running and waiting when it is closed', async () => {
    const opened = open({});
    const jobs = [opened.sanitize(expensive, 'lossless'), opened.sanitize(await cheap(), 'lossless')];
    opened.close();
    for (const job of jobs) await expect(job).rejects.toThrow('closed');
    await expect(opened.inspect(await cheap())).rejects.toThrow('closed');
  });
});
