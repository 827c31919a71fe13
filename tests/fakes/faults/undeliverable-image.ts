import sharp, { type Color, type Sharp } from 'sharp';
import { drawImage, type ImageSpec } from './draw-image.ts';

type Draw = (spec: ImageSpec) => Promise<Buffer>;

/** Images that a provider delivers as a success although nobody can use them: the one table for all fakes. */
const IMAGES = {
  corrupt: async (spec) => {
    const bytes = await drawImage(spec);
    return bytes.subarray(0, bytes.length / 2);
  },
  black: plain('#000000'),
  white: plain('#ffffff'),
  nearly_uniform: async ({ widthPx, heightPx }) => {
    const noise = { type: 'gaussian', mean: 120, sigma: 12 } as const;
    return encode(sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: '#777', noise } }));
  },
  transparent: plain({ r: 200, g: 90, b: 40, alpha: 0 }),
  one_pixel: (spec) => drawImage({ ...spec, widthPx: 1, heightPx: 1 }),
  /** Square where something else was requested, and twice as wide as high otherwise. */
  another_shape: (spec) => {
    const { widthPx, heightPx } = spec;
    const sidePx = Math.max(widthPx, heightPx);
    return drawImage({ ...spec, widthPx: sidePx, heightPx: widthPx === heightPx ? sidePx / 2 : sidePx });
  },
} as const satisfies Record<string, Draw>;

export type Undeliverable = keyof typeof IMAGES;
export const UNDELIVERABLE = Object.keys(IMAGES) as unknown as readonly [Undeliverable, ...Undeliverable[]];

/** The image that the fault, if any, makes of the requested one. */
export function drawDelivered(spec: ImageSpec, fault: string | undefined): Promise<Buffer> {
  const isUndeliverable = (name: string): name is Undeliverable => Object.hasOwn(IMAGES, name);
  return fault !== undefined && isUndeliverable(fault) ? IMAGES[fault](spec) : drawImage(spec);
}

function plain(background: Color): Draw {
  return async ({ widthPx, heightPx }) =>
    encode(sharp({ create: { width: widthPx, height: heightPx, channels: 4, background } }));
}

/** Always a PNG: no other format of the fakes is transparent, and adapters go by content. */
function encode(image: Sharp): Promise<Buffer> {
  return image.png({ compressionLevel: 1 }).toBuffer();
}
