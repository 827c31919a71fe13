import { ImageUp } from 'lucide-react';
import { type FileRejection, useDropzone } from 'react-dropzone';
import { UPLOAD_MAX_BYTES, UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import { cx } from '#web/components/class-names.ts';

const MEGABYTE = 1024 * 1024;
const MAX_SIZE_LABEL = `${UPLOAD_MAX_BYTES / MEGABYTE} MB`;
const ACCEPT = { 'image/jpeg': [], 'image/png': [], 'image/webp': [] };

interface DropZoneProps {
  readonly onPick: (file: File) => void;
  readonly onReject: (reason: string) => void;
}

/** Takes one image, dropped or chosen. */
export function DropZone({ onPick, onReject }: DropZoneProps) {
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    // The button handles clicks and keys; a clickable root would nest one control in another.
    noClick: true,
    noKeyboard: true,
    accept: ACCEPT,
    maxSize: UPLOAD_MAX_BYTES,
    multiple: false,
    onDrop: ([file], rejections) => (file ? onPick(file) : onReject(rejectionMessage(rejections))),
  });
  return (
    <div {...getRootProps()}>
      <input {...getInputProps({ 'aria-label': 'Image file' })} />
      <button
        type="button"
        onClick={open}
        className={cx(
          'grid min-h-64 w-full content-center justify-items-center gap-3 rounded-image border border-dashed px-6 text-center',
          isDragActive ? 'border-accent bg-hover' : 'border-edge bg-well hover:bg-hover',
        )}
      >
        <ImageUp size={20} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
        <span>
          <span className="pointer-coarse:hidden">
            {isDragActive ? 'Drop the image here' : 'Drop or paste an image, or click to choose one'}
          </span>
          <span className="pointer-fine:hidden">Choose an image</span>
        </span>
        <span className="text-13 text-ink-3">
          JPEG, PNG or WebP of at most {MAX_SIZE_LABEL}, {UPLOAD_MIN_SIDE_PX} px or more on each side
        </span>
      </button>
    </div>
  );
}

function rejectionMessage(rejections: readonly FileRejection[]): string {
  if (rejections.length > 1) return 'Upload one image at a time.';
  const code = rejections[0]?.errors[0]?.code;
  if (code === 'file-too-large') return `This file is larger than ${MAX_SIZE_LABEL}. Make it smaller and try again.`;
  return 'Only JPEG, PNG and WebP images can be uploaded.';
}
