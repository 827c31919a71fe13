import { toast } from 'sonner';
import { messageOf } from '../http/request-failed.ts';

/** As long as the words take to read and a hand to move. */
const UNDO_MS = 8_000;

/** Says what was done, and offers the way back for as long as it is shown. */
export function toastWithUndo(words: string, undo: () => Promise<unknown>): void {
  toast(words, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: () => void undo().catch((error: unknown) => toast.error(messageOf(error))) },
  });
}
