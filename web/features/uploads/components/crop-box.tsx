import { useState } from 'react';
import Cropper from 'react-easy-crop';
import 'react-easy-crop/react-easy-crop.css';
import type { ImageCrop } from '#domain/generation/image-shape.ts';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import type { ImageFile } from '../image-file.ts';

const ZOOM_MAX = 4;
const ZOOM_STEP = 0.05;
/** Distance per press of an arrow key, screen pixels. */
const KEY_STEP_PX = 8;

interface CropBoxProps {
  readonly image: ImageFile;
  readonly disabled: boolean;
  readonly onCrop: (crop: ImageCrop) => void;
}

/** Chooses the square to crop: drag, scroll, or pinch; arrow keys move the image, and the slider zooms. */
export function CropBox({ image, disabled, onCrop }: CropBoxProps) {
  const [position, setPosition] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  // The crop must not become smaller than the minimum side.
  const maxZoom = Math.min(ZOOM_MAX, Math.min(image.width, image.height) / UPLOAD_MIN_SIDE_PX);
  return (
    <div className="grid gap-3" inert={disabled}>
      <div className="relative h-[min(40dvh,432px)] overflow-hidden rounded-image bg-well">
        <Cropper
          image={image.url}
          aspect={1}
          crop={position}
          zoom={zoom}
          maxZoom={maxZoom}
          keyboardStep={KEY_STEP_PX}
          showGrid={false}
          disableAutomaticStylesInjection
          onCropChange={setPosition}
          onZoomChange={setZoom}
          // A box without a size has no numbers yet.
          onCropComplete={(_share, pixels) => Number.isFinite(pixels.width) && onCrop(pixels)}
          mediaProps={{ alt: 'The chosen image' }}
          cropperProps={{ role: 'group', 'aria-label': 'Move the image with the arrow keys' }}
        />
      </div>
      <label className="flex min-h-(--control) items-center gap-3 text-13">
        Zoom
        <input
          type="range"
          min={1}
          max={maxZoom}
          step={ZOOM_STEP}
          value={zoom}
          disabled={maxZoom <= 1}
          onChange={(event) => setZoom(event.target.valueAsNumber)}
          className="min-w-0 flex-1 accent-ink"
        />
      </label>
    </div>
  );
}
