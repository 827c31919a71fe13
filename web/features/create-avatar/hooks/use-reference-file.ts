import { useState } from 'react';
import { randomId } from '#web/browser/random-id.ts';
import { UnusableFile } from '#web/features/uploads/image-file.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useUploadReference } from '../api/use-upload-reference.ts';
import type { DraftReference } from '../draft.ts';

interface ReferenceFileDeps {
  /** A file was chosen, dropped or pasted. */
  readonly onChoose: () => void;
  readonly onReference: (reference: DraftReference) => void;
}

/** Takes a file as the reference image: checks it and uploads it. The earlier choice stays until it has arrived. */
export function useReferenceFile({ onChoose, onReference }: ReferenceFileDeps) {
  const upload = useUploadReference();
  const [tooMany, setTooMany] = useState(false);
  const offer = (files: readonly File[]) => {
    const [file] = files;
    if (!file || upload.isPending) return;
    onChoose();
    setTooMany(files.length > 1);
    if (files.length > 1) return;
    upload.mutate({ file, key: randomId() }, { onSuccess: ({ id, url }) => onReference({ kind: 'upload', id, url }) });
  };
  return { upload, offer, problem: tooMany ? 'Choose one image at a time.' : problemOf(upload.error) };
}

function problemOf(failure: Error | null): string | undefined {
  if (failure === null) return undefined;
  return failure instanceof UnusableFile ? failure.message : messageOf(failure);
}
