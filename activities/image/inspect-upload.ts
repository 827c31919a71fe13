import sharp from 'sharp';
import { type ImageCrop, isInside, shapeFault } from '#domain/generation/image-shape.ts';
import { FORMAT_FACTS, formatRefusal } from '#domain/generation/upload-format.ts';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { colorOf, hasOrientation, hasTooManyScans, type ImageHeader, readImageHeader } from './header/image-header.ts';
import { wholeJpeg } from './header/jpeg-header.ts';
import { isHdr } from './source-color.ts';
import { corrupt, tooExpensive, UploadRejected } from './upload-rejected.ts';

/** What an upload is, by its header. */
export interface UploadFacts {
  readonly header: ImageHeader;
  /** After applying the camera's rotation. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The EXIF orientation that is applied, 1 to 8. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** CMYK without a profile that says which inks. */
  readonly isPlainCmyk: boolean;
}

/**
 * Checks an upload's size, format, dimensions and shape by its header, before a pixel is decoded.
 *
 * @param crop the part that is kept; undefined for the whole image
 * @throws UploadRejected
 */
export async function inspectUpload(bytes: Buffer, crop?: ImageCrop): Promise<UploadFacts> {
  const header = readHeader(bytes);
  const facts = { header, ...(await measure(bytes, header)) };
  const { widthPx: width, heightPx: height } = facts;
  const { name, maxPixels, megapixels } = FORMAT_FACTS[header.format];
  if (width * height > maxPixels) {
    const message = `This image is ${width} × ${height} px. ${name} images may have at most ${megapixels} megapixels: make it smaller and try again.`;
    throw new UploadRejected('too_many_pixels', message);
  }
  if (crop && !isInside(crop, { width, height })) {
    throw new UploadRejected('bad_crop', `reaches beyond the image, which is ${width} × ${height} px`);
  }
  const fault = shapeFault({ width, height }, crop);
  if (fault) throw new UploadRejected('bad_shape', fault);
  return facts;
}

function readHeader(bytes: Buffer): ImageHeader {
  if (bytes.length > UPLOAD_MAX_BYTES) {
    throw new UploadRejected('too_large', `The file is larger than ${UPLOAD_MAX_BYTES / 1024 / 1024} MB.`);
  }
  if (bytes.length === 0) throw new UploadRejected('empty', 'The file is empty.');
  const header = readImageHeader(bytes);
  if (header === undefined) throw new UploadRejected('unsupported', formatRefusal(bytes)!);
  if (hasTooManyScans(header)) throw tooExpensive();
  if (isHdr(colorOf(header))) {
    const message =
      'This is an HDR image, which would look wrong here. Export it as an SDR (standard) JPEG and try again.';
    throw new UploadRejected('unsupported', message);
  }
  return header;
}

type Measured = Omit<UploadFacts, 'header'>;

/** Only the header is read, so the pixels that it claims need no limit yet. */
async function measure(bytes: Buffer, header: ImageHeader): Promise<Measured> {
  const image = header.format === 'jpeg' ? wholeJpeg(bytes, header) : bytes;
  try {
    const found = await sharp(image, { limitInputPixels: false, failOn: 'error' }).metadata();
    const isOriented = hasOrientation(header);
    const { width: widthPx, height: heightPx } = isOriented ? found.autoOrient : found;
    return {
      widthPx,
      heightPx,
      orientation: isOriented ? (found.orientation ?? 1) : 1,
      hasAlpha: found.hasAlpha,
      isPlainCmyk: found.space === 'cmyk' && found.icc === undefined,
    };
  } catch (cause) {
    throw corrupt(cause);
  }
}
