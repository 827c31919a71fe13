import { type ImageCrop, publishedSize } from '#domain/generation/image-shape.ts';
import { FORMAT_FACTS } from '#domain/generation/upload-format.ts';
import type { InspectedImage } from '../api/use-inspect-image.ts';
import type { ImageFile } from '../image-file.ts';

const THUMB_PX = 56;

interface UnderstoodImageProps {
  readonly image: ImageFile;
  /** Undefined until the API has answered. */
  readonly understood: InspectedImage | undefined;
  readonly crop: ImageCrop;
}

/** What the API understood, before anything is paid: what the file is, and which part of it becomes the avatar. */
export function UnderstoodImage({ image, understood, crop }: UnderstoodImageProps) {
  const size = publishedSize(crop);
  return (
    <div className="flex min-h-14 items-center gap-3" aria-busy={!understood}>
      <div className="relative size-14 shrink-0 overflow-hidden rounded-control bg-well">
        {understood && <CroppedPreview understood={understood} crop={crop} />}
      </div>
      <p role="status" className="num grid gap-0.5 text-13 text-ink-2">
        {understood ? (
          <>
            <span className="text-ink">{describe(image, understood)}</span>
            <span>
              Becomes {size.width} × {size.height} px
            </span>
          </>
        ) : (
          'Checking the image'
        )}
      </p>
    </div>
  );
}

/** The API's own preview, so that its colors and its orientation are seen. */
function CroppedPreview({ understood, crop }: { readonly understood: InspectedImage; readonly crop: ImageCrop }) {
  const scale = THUMB_PX / crop.width;
  return (
    <img
      src={understood.preview}
      alt=""
      className="absolute max-w-none"
      style={{
        width: understood.width * scale,
        height: understood.height * scale,
        left: -crop.x * scale,
        top: -crop.y * scale,
      }}
    />
  );
}

function describe(
  { shrunkFrom }: ImageFile,
  { format, width, height, orientation, isAnimated }: InspectedImage,
): string {
  const notes = [
    `${FORMAT_FACTS[format].name}, ${width} × ${height} px`,
    orientation > 1 && 'turned upright',
    isAnimated && 'one of its frames',
    shrunkFrom && `made smaller from ${shrunkFrom.width} × ${shrunkFrom.height} px`,
  ];
  return notes.filter((note) => note !== false && note !== undefined).join(', ');
}
