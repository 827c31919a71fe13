import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { checkDelivery } from '#activities/image/delivered-image.ts';
import { decodeImage, encodeDecoded, encodeImage, type EncodedImage } from '#activities/image/encode-image.ts';
import { openImage } from '#activities/image/open-image.ts';
import { perceptualHash } from '#activities/image/perceptual-hash.ts';
import type { RawImage } from '#activities/image/raw-image.ts';
import { thumbHash } from '#activities/image/thumb-hash.ts';
import { addXmp, xmpOf } from '#activities/image/xmp.ts';
import { DIGITAL_SOURCE_TYPES } from '#domain/avatar/provenance.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { percentile } from './report/statistics.ts';

const SIDE_PX = 1024;
const ROUNDS = 40;
/** Until the code is compiled. */
const WARM_UP_ROUNDS = 5;
const OPTIONS = { maxSidePx: SIDE_PX };
const REQUESTED = { aspectRatios: [1], sidePx: SIDE_PX };
const PACKET = xmpOf({ digitalSourceType: DIGITAL_SOURCE_TYPES[0], creatorTool: 'bench', createdAt: new Date(0) });

/**
 * What the images of an avatar cost, in milliseconds of CPU: as a worker does it, with a decoding for the check and one for the
 * encoding, and the floor: the codecs and hashes alone, with their inputs at hand. Alternating, because the machine may be busy.
 */
for (const format of ['webp', 'png', 'jpeg'] as const) {
  const bytes = await drawing(format);
  const { pixels, sample } = await decodeImage(bytes, OPTIONS);
  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    'decoded once': async () => {
      const delivery = await checkDelivery(bytes, REQUESTED, OPTIONS);
      if (delivery.fault) throw new Error(`The drawing is ${delivery.fault}`);
      mark(await encodeDecoded(delivery.decoded, OPTIONS));
    },
    'decoded twice': async () => {
      await checkDelivery(bytes, REQUESTED, OPTIONS);
      mark(await encodeImage(bytes, OPTIONS));
    },
    floor: async () => {
      await openImage(bytes)?.raw().toBuffer();
      const image = await imageOf(pixels).webp({ quality: 90, effort: 2 }).toBuffer();
      await imageOf(sample).webp({ quality: 80, effort: 5 }).toBuffer();
      await thumbHash(sample);
      await perceptualHash(sample);
      createHash('sha256').update(image).digest();
    },
  };
  const spent = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) spent.get(name)?.push((user + system) / 1000);
    }
  }
  for (const [name, times] of spent) {
    const [least, median] = [0, 0.5].map((share) => percentile(times, share).toFixed(1));
    console.log(`${format.padEnd(4)}  ${name.padEnd(13)}  CPU ms: least ${least}, median ${median}`);
  }
}

async function drawing(format: 'webp' | 'png' | 'jpeg'): Promise<Buffer> {
  const size = { widthPx: SIDE_PX, heightPx: SIDE_PX };
  const request = { style: 'photorealistic', attributes: {}, prompt: 'a lighthouse keeper', seed: 7, ...size } as const;
  const { bytes } = await renderPortrait(request);
  return sharp(bytes).removeAlpha().toFormat(format, { quality: 90 }).toBuffer();
}

function imageOf({ data, info }: RawImage): Sharp {
  return sharp(data, { raw: info });
}

/** As before they are written. */
function mark({ image, thumbnail }: EncodedImage): void {
  const hash = createHash('sha256');
  for (const file of [image, thumbnail]) hash.update(addXmp(file, PACKET));
  hash.digest();
}
