import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { toast } from 'sonner';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import type { ImageCrop } from '#domain/generation/image-shape.ts';
import { fits } from '#domain/text/characters.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { LengthNote } from '#web/components/length-note.tsx';
import { ObjectToRefusal } from '#web/components/object-to-refusal.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { counted } from '#web/format/count.ts';
import { useErrorMessage } from '#web/hooks/use-error-message.ts';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { AvailableCreditsLink } from '#web/components/available-credits-link.tsx';
import { duplicateNote, useUploadAvatar, type UploadedAvatar } from '../api/use-upload-avatar.ts';
import { useImageFile } from '../hooks/use-image-file.ts';
import { useOfferedFiles } from '#web/hooks/use-offered-files.ts';
import type { ImageFile } from '../image-file.ts';
import { centeredSquare, cropWithin } from '../square-crop.ts';
import { BulkUploadDialog } from './bulk-upload-dialog.tsx';
import { DropZone } from './drop-zone.tsx';
import { UnderstoodImage } from './understood-image.tsx';
import { UploadProgress } from './upload-progress.tsx';

const CropBox = lazy(async () => ({ default: (await import('./crop-box.tsx')).CropBox }));

interface UploadDialogProps {
  readonly projectId: string;
  readonly projectName: string | undefined;
  /** Gives the files that were dropped or pasted before the dialog opened, once. */
  readonly consumeFiles?: () => readonly File[];
  readonly onClose: () => void;
}

/** Turns an uploaded image into an avatar: choose, crop, name. Several images are uploaded as a list. Nothing changes while one is being sent. */
export function UploadDialog({ projectId, projectName, consumeFiles, onClose }: UploadDialogProps) {
  const { upload, progress, abort } = useUploadAvatar(projectId);
  const isSending = upload.isPending;
  const {
    image,
    understood,
    isReading,
    isChecking,
    problem: fileProblem,
    choose,
    checkAgain,
  } = useImageFile(isSending);
  const [chosenCrop, setChosenCrop] = useState<{ readonly image: ImageFile; readonly crop: ImageCrop }>();
  const [name, setName] = useState('');
  const [offered] = useState(() => consumeFiles?.() ?? []);
  const [several, setSeveral] = useState(offered.length > 1 ? offered : undefined);
  const price = usePrices().upload;
  const missing = price - (useCredits()?.available ?? price);
  const uploadProblem = useErrorMessage(upload.error && !isAborted(upload.error) ? upload.error : null);
  const problem = fileProblem ?? uploadProblem;
  const crop = image && (chosenCrop?.image === image ? chosenCrop.crop : centeredSquare(image));

  // An unfinished upload is aborted; a finished one continues, and the avatar appears in the gallery.
  const close = () => {
    if (progress < 1) abort();
    onClose();
  };

  function send(): void {
    if (!image || !crop || !understood || isReading || missing > 0 || isSending || !fits(name, AVATAR_NAME_MAX_LENGTH))
      return;
    const intent = JSON.stringify([image.url, crop, name.trim()]);
    upload.mutate(
      { image: image.bytes, crop, name: name.trim(), intent },
      {
        onSuccess: (answer) => {
          onClose();
          if (!('status' in answer)) toastUploaded(answer);
        },
      },
    );
  }

  const onFiles = (files: readonly File[]) => {
    if (isSending) return;
    upload.reset();
    const [file] = files;
    if (files.length > 1) setSeveral(files);
    else if (file) void choose(file);
  };
  useOfferedFiles(onFiles, !isSending && several === undefined);
  const onOpen = useEffectEvent(() => {
    const [file] = offered;
    if (file && !several) void choose(file);
  });
  useEffect(() => onOpen(), []);

  if (several) {
    return <BulkUploadDialog projectId={projectId} projectName={projectName} files={several} onClose={onClose} />;
  }
  return (
    <Sheet title="Upload an image" aside={projectName && `to ${isolated(projectName)}`} open onClose={close}>
      <form
        noValidate
        className="grid gap-5 overflow-y-auto p-4 md:p-6"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <DropZone disabled={isSending} isReading={isReading} onFiles={onFiles}>
          {image &&
            crop &&
            ((openChooser) => (
              <div className="grid gap-5">
                <Suspense fallback={<CropBoxSkeleton />}>
                  <CropBox
                    key={image.url}
                    image={image}
                    disabled={isSending}
                    onCrop={(next) => setChosenCrop({ image, crop: cropWithin(next, image) })}
                  />
                </Suspense>
                <UnderstoodImage image={image} understood={understood} crop={crop} />
                <Field label="Name (optional)" id="upload-name">
                  <input
                    id="upload-name"
                    value={name}
                    autoComplete="off"
                    dir="auto"
                    disabled={isSending}
                    onChange={(event) => setName(event.target.value)}
                    className={FIELD_CLASS}
                  />
                  <LengthNote text={name} max={AVATAR_NAME_MAX_LENGTH} />
                </Field>
                {missing > 0 && (
                  <p className="mono text-right text-ink-3">
                    <AvailableCreditsLink available={price - missing} />
                  </p>
                )}
                {problem && <Problem text={problem} />}
                <ObjectToRefusal error={upload.error} />
                {isSending ? (
                  <UploadProgress share={progress} onCancel={abort} />
                ) : (
                  <div className="flex gap-2">
                    <Button size="large" onClick={openChooser}>
                      Choose another
                    </Button>
                    {understood || isChecking || isReading ? (
                      <Button
                        type="submit"
                        tone="go"
                        size="large"
                        className="flex-1"
                        aria-disabled={missing > 0 || !understood || isReading || undefined}
                      >
                        {missing > 0
                          ? `${counted(missing, 'more credit')} needed`
                          : `Upload for ${counted(price, 'credit')}`}
                      </Button>
                    ) : (
                      <Button tone="go" size="large" className="flex-1" onClick={checkAgain}>
                        Check again
                      </Button>
                    )}
                  </div>
                )}
              </div>
            ))}
        </DropZone>
        {!image && problem && <Problem text={problem} />}
      </form>
    </Sheet>
  );
}

function Problem({ text }: { readonly text: string }) {
  return (
    <p role="alert" className="text-13 text-bad">
      {text}
    </p>
  );
}

/** As high as the crop box with its slider, so that nothing moves when it loads. */
function CropBoxSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-3">
      <div className="h-[min(40dvh,432px)] rounded-image bg-well" />
      <div className="min-h-(--control)" />
    </div>
  );
}

function isAborted(error: Error): boolean {
  return error.name === 'AbortError';
}

function toastUploaded(avatar: UploadedAvatar): void {
  const description = duplicateNote(avatar);
  toast(`Uploaded “${isolated(avatar.name)}”.`, description ? { description } : {});
}
