import { lazy, Suspense, useRef, useState } from 'react';
import { toast } from 'sonner';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { ObjectToRefusal } from '#web/components/object-to-refusal.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { useUploadAvatar, type UploadedAvatar } from '../api/use-upload-avatar.ts';
import { type Crop, cropImage } from '../crop-image.ts';
import { type ImageFile, useImageFile } from '../hooks/use-image-file.ts';
import { DropZone } from './drop-zone.tsx';
import { UploadProgress } from './upload-progress.tsx';

const CropBox = lazy(async () => ({ default: (await import('./crop-box.tsx')).CropBox }));

interface UploadDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  readonly onClose: () => void;
}

/** Turns an uploaded image into an avatar: choose, crop, name. */
export function UploadDialog({ projectId, projectName, onClose }: UploadDialogProps) {
  const { image, problem: fileProblem, choose, reject, clear } = useImageFile();
  const crop = useRef<Crop>(undefined);
  const [name, setName] = useState('');
  const { upload, progress, abort } = useUploadAvatar(projectId);
  const price = usePrices().upload;
  const missing = price - (useCredits()?.available ?? price);
  const problem = upload.error && !isAborted(upload.error) ? messageOf(upload.error) : fileProblem;

  // An unfinished upload is aborted; a finished one continues, and the avatar appears in the gallery.
  const close = () => {
    if (progress < 1) abort();
    onClose();
  };

  function send(chosen: ImageFile): void {
    const square = crop.current ?? centeredSquare(chosen);
    const intent = JSON.stringify([chosen.url, square, name.trim()]);
    upload.mutate(
      { crop: () => cropImage(chosen.url, square), name: name.trim(), intent },
      {
        onSuccess: (answer) => {
          onClose();
          if (!('status' in answer)) toastUploaded(answer);
        },
      },
    );
  }

  return (
    <Sheet title="Upload an image" aside={projectName && `to ${projectName}`} open onClose={close}>
      <form
        noValidate
        className="grid gap-5 overflow-y-auto p-4 md:p-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (image && missing <= 0 && !upload.isPending) send(image);
        }}
      >
        {!image && <DropZone onPick={(file) => void choose(file)} onReject={reject} />}
        {image && (
          <>
            <Suspense fallback={<CropBoxSkeleton />}>
              <CropBox key={image.url} image={image} onCrop={(next) => void (crop.current = next)} />
            </Suspense>
            <Field label="Name (optional)" id="upload-name">
              <input
                id="upload-name"
                value={name}
                maxLength={AVATAR_NAME_MAX_LENGTH}
                autoComplete="off"
                dir="auto"
                onChange={(event) => setName(event.target.value)}
                className={FIELD_CLASS}
              />
            </Field>
          </>
        )}
        {problem && (
          <p role="alert" className="text-13 text-bad">
            {problem}
          </p>
        )}
        <ObjectToRefusal error={upload.error} />
        {image && upload.isPending && <UploadProgress share={progress} onCancel={abort} />}
        {image && !upload.isPending && (
          <div className="flex gap-2">
            <Button size="large" onClick={clear}>
              Choose another
            </Button>
            <Button type="submit" tone="go" size="large" className="flex-1" aria-disabled={missing > 0 || undefined}>
              {missing > 0 ? `${counted(missing, 'more credit')} needed` : `Upload for ${counted(price, 'credit')}`}
            </Button>
          </div>
        )}
      </form>
    </Sheet>
  );
}

/** As high as the crop box with its slider, so that nothing moves when it loads. */
function CropBoxSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-3">
      <div className="aspect-square max-h-[48dvh] rounded-image bg-well" />
      <div className="min-h-(--control)" />
    </div>
  );
}

/** The initial crop: the largest centered square. */
function centeredSquare({ width, height }: ImageFile): Crop {
  const side = Math.min(width, height);
  return { x: Math.round((width - side) / 2), y: Math.round((height - side) / 2), width: side, height: side };
}

function isAborted(error: Error): boolean {
  return error.name === 'AbortError';
}

function toastUploaded({ name, duplicates }: UploadedAvatar): void {
  const [first] = duplicates;
  const duplicate =
    first && (first.match === 'exact' ? 'You already have this image.' : 'You already have a similar image.');
  toast(`Uploaded “${name}”.`, duplicate ? { description: duplicate } : {});
}
