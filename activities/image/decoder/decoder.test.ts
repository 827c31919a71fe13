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
const cheap = () => noise(300, 300).jpeg().toBuffer();

describe('a decoder', () => {
  it('reads images in another process, and passes on what it refuses and why', async () => {
    const { sanitize, inspect, deliveryFault } = open({});
    expect(await sanitize(await cheap(), 'reference')).toMatchObject({ mimeType: 'image/webp', widthPx: 300 });
    expect(await inspect(await corners(400, 300))).toMatchObject({ format: 'png', widthPx: 400, heightPx: 300 });
    const requested = { aspectRatios: [1], sidePx: 300 };
    expect(await deliveryFault(await corners(300, 300), requested)).toBeUndefined();
    expect(await deliveryFault(Buffer.from('no image'), requested)).toBe('damaged');
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
    const { sanitize, deliveryFault, encode } = open({});
    const stopping = new AbortController();
    const running = sanitize(expensive, 'lossless');
    const requested = { aspectRatios: [1], sidePx: 256 };
    const waiting = [
      deliveryFault(await cheap(), requested, stopping.signal),
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
