import sharp from 'sharp';

/** Uncompressed picture: 3 bytes a pixel for an opaque one, 4 with alpha. */
export interface Plate {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

const SVG_DENSITY = 72;
/** Less blurs nothing, and sharp refuses it. */
const MIN_BLUR_PX = 0.35;

export async function rasterize(svg: string, width: number, height: number): Promise<Plate> {
  const { data, info } = await sharp(Buffer.from(svg), { density: SVG_DENSITY, limitInputPixels: width * height + 1 })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

export interface SetLayers {
  /** SVG of the far layer, drawn at `farSize`, and its blur in pixels of that size. */
  readonly far: string;
  readonly blurPx: number;
  /** SVG of the near layer with alpha, or empty. Decides the size at which the layers meet. */
  readonly near: string;
  readonly meetWidth: number;
  readonly meetHeight: number;
}

/** Draws the set: the far layer small and blurred, the near layer over it, both enlarged smoothly. */
export async function rasterizeSet(layers: SetLayers, width: number, height: number): Promise<Plate> {
  let far = sharp(Buffer.from(layers.far), { density: SVG_DENSITY }).flatten({ background: '#808080' });
  if (layers.blurPx >= MIN_BLUR_PX) far = far.blur(layers.blurPx);
  const backdrop = await far
    .resize(layers.meetWidth, layers.meetHeight, { kernel: 'cubic', fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const base = sharp(backdrop, { raw: { width: layers.meetWidth, height: layers.meetHeight, channels: 3 } });
  const joined =
    layers.near === '' ? base : base.composite([{ input: Buffer.from(layers.near), density: SVG_DENSITY }]);
  const meeting = await joined.removeAlpha().raw().toBuffer();
  if (layers.meetWidth === width && layers.meetHeight === height) return { data: meeting, width, height, channels: 3 };
  const data = await sharp(meeting, { raw: { width: layers.meetWidth, height: layers.meetHeight, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .raw()
    .toBuffer();
  return { data, width, height, channels: 3 };
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

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
