import sharp, { type Sharp } from 'sharp';
import {
  DOWNLOAD_FORMAT_FACTS,
  DOWNLOAD_SIZE_FACTS,
  type DownloadFormat,
  type ImageDownload,
} from '#domain/avatar/image-download.ts';
import { openImage } from './open-image.ts';
import { addPngXmp } from './png-xmp.ts';
import { UploadRejected } from './upload-rejected.ts';

export interface ConvertOptions extends ImageDownload {
  /** The XMP packet that states the image's origin; undefined for an upload. */
  readonly xmp: string | undefined;
}

/** At 2048 px, effort 2 takes 2.5 s of a core; 4, the default, takes 22 s for 3 % fewer bytes, more than a decoder may. */
const AVIF_OPTIONS = { quality: 65, effort: 2 } as const;
/** Visually lossless; full color resolution, because colored edges are large in drawings. */
const JPEG_OPTIONS = { quality: 92, chromaSubsampling: '4:4:4' } as const;
const WEBP_OPTIONS = { quality: 90, effort: 2 } as const;
const PNG_OPTIONS = { compressionLevel: 6 } as const;

/**
 * A stored image as another file: scaled, cropped and encoded, with the given packet as its only metadata.
 * @throws UploadRejected for bytes that can't be decoded
 */
export async function convertImage(bytes: Buffer, options: ConvertOptions): Promise<Buffer> {
  const source = openImage(bytes);
  if (source === undefined) throw damaged();
  try {
    const { data, info } = await source
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const scaled = scale(sharp(data, { raw }), raw, options);
    const shaped = options.shape === 'circle' ? await cutCircle(scaled) : scaled;
    const { isTransparent } = DOWNLOAD_FORMAT_FACTS[options.format];
    const opaque = isTransparent ? shaped : shaped.flatten({ background: options.background });
    return await encode(opaque, options);
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): UploadRejected {
  return new UploadRejected('corrupt', 'The stored image is damaged, so it can’t be converted.', cause);
}

/** A square keeps the top of a portrait, where the face is, and the middle of a landscape. */
function scale(source: Sharp, { width, height }: { width: number; height: number }, options: ConvertOptions): Sharp {
  const { sidePx, isPlatform } = DOWNLOAD_SIZE_FACTS[options.size];
  const isSquare = isPlatform || options.shape === 'circle';
  if (!isSquare) {
    return sidePx === null ? source : source.resize(sidePx, sidePx, { fit: 'inside', withoutEnlargement: true });
  }
  const ownSidePx = Math.min(width, height);
  const side = isPlatform ? sidePx! : Math.min(sidePx ?? ownSidePx, ownSidePx);
  return source.resize(side, side, { fit: 'cover', position: 'north' });
}

/** Makes what is outside the circle transparent. */
async function cutCircle(square: Sharp): Promise<Sharp> {
  const { data, info } = await square.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const radius = info.width / 2;
  const circle = `<svg width="${info.width}" height="${info.height}"><circle cx="${radius}" cy="${radius}" r="${radius}"/></svg>`;
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const cut = await sharp(data, { raw })
    .composite([{ input: Buffer.from(circle), blend: 'dest-in' }])
    .raw()
    .toBuffer();
  return sharp(cut, { raw });
}

async function encode(image: Sharp, { format, xmp }: ConvertOptions): Promise<Buffer> {
  if (format === 'png') {
    const png = await image.png(PNG_OPTIONS).toBuffer();
    return xmp === undefined ? png : addPngXmp(png, xmp);
  }
  const encoded = ENCODERS[format](image);
  return (xmp === undefined ? encoded : encoded.withXmp(xmp)).toBuffer();
}

const ENCODERS: Readonly<Record<Exclude<DownloadFormat, 'png'>, (image: Sharp) => Sharp>> = {
  avif: (image) => image.avif(AVIF_OPTIONS),
  jpeg: (image) => image.jpeg(JPEG_OPTIONS),
  webp: (image) => image.webp(WEBP_OPTIONS),
};
