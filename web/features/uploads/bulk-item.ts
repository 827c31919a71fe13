import type { ImageCrop } from '#domain/generation/image-shape.ts';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { beginning } from '#domain/text/characters.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';
import { randomId } from '#web/browser/random-id.ts';

/** Images in one list: their files are held in memory, and each is checked before the first one is sent. */
export const BULK_UPLOAD_MAX = 50;

export type BulkStatus = 'waiting' | 'unchecked' | 'ready' | 'uploaded' | 'refused';

/** One image of a bulk upload. */
export interface BulkItem {
  readonly id: string;
  readonly file: File;
  readonly name: string | undefined;
  /** `unchecked`: it could not be checked; `refused`: it can't be uploaded, and nothing was charged. */
  readonly status: BulkStatus;
  /** Why it is unchecked, refused or not sent yet, or a note on what was uploaded. */
  readonly note: string | undefined;
  readonly image: CheckedImage | undefined;
  /** The same until the outcome of sending is known, so that sending twice is charged once. */
  readonly idempotencyKey: string;
}

interface CheckedImage {
  /** As it is sent: the file, or a smaller copy of it. */
  readonly bytes: Blob;
  readonly crop: ImageCrop;
  /** The whole image, small, as a data URL. */
  readonly preview: string;
}

/** A chosen file, to be checked. Its avatar gets the file's name. */
export function bulkItem(file: File): BulkItem {
  const name = beginning(cleanText(file.name.replace(/\.[^.]{1,5}$/u, '')), AVATAR_NAME_MAX_LENGTH);
  return {
    id: randomId(),
    file,
    name: isVisible(name) ? name : undefined,
    status: 'waiting',
    note: undefined,
    image: undefined,
    idempotencyKey: randomId(),
  };
}
