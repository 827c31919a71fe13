import sharp from 'sharp';

/** Uncompressed picture: 3 bytes a pixel for an opaque one, 4 with alpha. */
export interface Plate {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

const SVG_DENSITY = 72;

export async function rasterise(svg: string, width: number, height: number): Promise<Plate> {
  const { data, info } = await sharp(Buffer.from(svg), { density: SVG_DENSITY, limitInputPixels: width * height + 1 })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

/** The sets are soft anyway: drawn at half size, enlarged smoothly. */
export async function rasteriseSoft(svg: string, width: number, height: number): Promise<Plate> {
  const { data, info } = await sharp(Buffer.from(svg), { density: SVG_DENSITY })
    .flatten({ background: '#808080' })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** The sitter's silhouette, blurred: the base of rim light and cast shadow. `spread` is a share of the width. */
export async function softSilhouette(figure: Plate, spread: number): Promise<Plate> {
  const quarter = Math.max(16, Math.round(figure.width / 4));
  const small = await sharp(figure.data, { raw: { width: figure.width, height: figure.height, channels: 4 } })
    .extractChannel(3)
    .resize(quarter, Math.max(16, Math.round((figure.height * quarter) / figure.width)), { fit: 'fill' })
    .blur(Math.max(0.4, quarter * spread))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(small.data, {
    raw: { width: small.info.width, height: small.info.height, channels: 1 },
  })
    .resize(figure.width, figure.height, { kernel: 'cubic', fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1 };
}
