import sharp, { type Sharp } from 'sharp';

/** Uncompressed picture: 3 bytes a pixel for an opaque one, 4 with alpha. */
export interface Plate {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const SVG_DENSITY = 72;

/** An SVG, to be drawn at its size. */
export const opened = (svg: string, { widthPx, heightPx }: Size): Sharp =>
  sharp(Buffer.from(svg), { density: SVG_DENSITY, limitInputPixels: widthPx * heightPx + 1 });

export async function rasterize(svg: string, size: Size): Promise<Plate> {
  const { data, info } = await opened(svg, size).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}
