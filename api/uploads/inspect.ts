import type { Handler } from '../handler.ts';
import type { ReadImage } from './read-image.ts';

/** Says what the other uploads would understand, so that users see it before they pay. Stores nothing. */
export function inspectUpload({ readImage }: { readonly readImage: ReadImage }): Handler<'inspectUpload'> {
  return async ({ body: { crop }, file, caller }) => {
    const found = await readImage(caller.accountId, (decoder) => decoder.inspect(file, crop));
    const { format, widthPx: width, heightPx: height, orientation, isAnimated, result, preview } = found;
    const address = `data:image/webp;base64,${preview.toString('base64')}`;
    const body = { format, width, height, orientation, isAnimated, crop: crop ?? null, result, preview: address };
    return { status: 200, body };
  };
}
