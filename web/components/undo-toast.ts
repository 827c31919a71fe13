import { toast } from 'sonner';
import { messageOf } from '../http/request-failed.ts';

/** Long enough to read the message and reach the button. */
const UNDO_MS = 8_000;

/** Shows what was done, with an Undo button while the toast is visible. */
export function toastWithUndo(message: string, undo: () => Promise<unknown>): void {
  toast(message, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: () => void undo().catch((error: unknown) => toast.error(messageOf(error))) },
  });
}
