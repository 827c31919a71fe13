import { ImageUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import { UPLOAD_ACCEPT, UPLOAD_FORMAT_NAMES } from '#domain/generation/upload-format.ts';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import { cx } from '#web/components/class-names.ts';

interface DropZoneProps {
  readonly disabled: boolean;
  /** An image was chosen and is being read. */
  readonly isReading: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  /** What is shown once an image is chosen. @param open opens the file chooser */
  readonly children: ((open: () => void) => ReactNode) | undefined;
}

/** Takes images, dropped or chosen; also in place of the one that was chosen before. What was chosen is judged by its content. */
export function DropZone({ disabled, isReading, onFiles, children }: DropZoneProps) {
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    // The button handles clicks and keys; a clickable root would nest one control in another.
    noClick: true,
    noKeyboard: true,
    disabled,
    onDrop: onFiles,
  });
  return (
    <div {...getRootProps()}>
      <input {...getInputProps({ 'aria-label': 'Image file', accept: UPLOAD_ACCEPT, multiple: true })} />
      {children ? children(open) : <EmptyZone isDragActive={isDragActive} isReading={isReading} onOpen={open} />}
    </div>
  );
}

interface EmptyZoneProps {
  readonly isDragActive: boolean;
  readonly isReading: boolean;
  readonly onOpen: () => void;
}

function EmptyZone({ isDragActive, isReading, onOpen }: EmptyZoneProps) {
  return (
    <button
      type="button"
      aria-busy={isReading}
      onClick={onOpen}
      className={cx(
        'grid min-h-64 w-full content-center justify-items-center gap-3 rounded-image border border-dashed px-6 text-center',
        isDragActive ? 'border-accent bg-hover' : 'border-edge bg-well hover:bg-hover',
      )}
    >
      <ImageUp size={20} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
      {isReading ? (
        <span role="status">Reading the image</span>
      ) : (
        <span>
          <span className="pointer-coarse:hidden">
            {isDragActive ? 'Drop the images here' : 'Drop or paste images, or click to choose them'}
          </span>
          <span className="pointer-fine:hidden">Choose images</span>
        </span>
      )}
      <span className="text-13 text-ink-3">
        {UPLOAD_FORMAT_NAMES}, {UPLOAD_MIN_SIDE_PX} px or more on each side
      </span>
    </button>
  );
}
