import { type ImageCrop, type ImageSize, shapeFault } from '#domain/generation/image-shape.ts';
import { KIND_BYTES } from '#domain/generation/image-kind.ts';
import { FORMAT_FACTS, formatRefusal, uploadFormatOf } from '#domain/generation/upload-format.ts';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { loadImage } from './load-image.ts';
import { CanvasSpoiled, shrinkImage } from './shrink-image.ts';

/** A chosen image, as it is sent. */
export interface ImageFile extends ImageSize {
  readonly bytes: Blob;
  /** Object URL of the bytes; the caller revokes it. */
  readonly url: string;
  /** The size of the file, if it was too large and `bytes` are a smaller copy of it. */
  readonly shrunkFrom: ImageSize | undefined;
}

/** A file that can't be uploaded. The message is shown to users. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

const DISAGREEMENT =
  'The studio reads this image in another way than your browser shows it. Open it in an image program, save it again, and upload that.';

/** Why an image can't be cropped here: page and API understand its size differently. Undefined when they agree. */
export function disagreement(image: ImageSize, understood: ImageSize): string | undefined {
  return understood.width === image.width && understood.height === image.height ? undefined : DISAGREEMENT;
}

const MEBIBYTE = 1024 * 1024;

/**
 * Checks a file as the API will, by its content, and makes a smaller copy of one that is too large. Any other is sent as it is.
 *
 * @param cropOf the part that is cropped at first; undefined for the whole image
 * @throws UnusableFile
 */
export async function readImageFile(file: Blob, cropOf?: (size: ImageSize) => ImageCrop): Promise<ImageFile> {
  if (file.size === 0) throw new UnusableFile('This file is empty.');
  const head = new Uint8Array(await file.slice(0, KIND_BYTES).arrayBuffer());
  const format = uploadFormatOf(head);
  if (format === undefined) throw new UnusableFile(formatRefusal(head));
  const image = await openFile(file);
  const size = { width: image.element.naturalWidth, height: image.element.naturalHeight };
  const fault = shapeFault(size, cropOf?.(size));
  if (fault) {
    URL.revokeObjectURL(image.url);
    throw new UnusableFile(fault);
  }
  if (file.size <= UPLOAD_MAX_BYTES && size.width * size.height <= FORMAT_FACTS[format].maxPixels) {
    return { bytes: file, url: image.url, ...size, shrunkFrom: undefined };
  }
  try {
    const bytes = await shrinkImage(image.element, { format, maxBytes: UPLOAD_MAX_BYTES });
    const copy = await openFile(bytes);
    const { naturalWidth: width, naturalHeight: height } = copy.element;
    return { bytes, url: copy.url, width, height, shrunkFrom: size };
  } catch (error) {
    if (!(error instanceof CanvasSpoiled)) throw error;
    throw new UnusableFile(
      `This image is too large, and this browser keeps the page from making it smaller. Make it smaller than ${UPLOAD_MAX_BYTES / MEBIBYTE} MB yourself, or use another browser.`,
    );
  } finally {
    URL.revokeObjectURL(image.url);
  }
}

async function openFile(bytes: Blob) {
  const url = URL.createObjectURL(bytes);
  try {
    return { url, element: await loadImage(url) };
  } catch {
    URL.revokeObjectURL(url);
    throw new UnusableFile('This browser can’t show this image. Save it again as a JPEG or PNG and try again.');
  }
}
