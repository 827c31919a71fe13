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

interface DelayedDeletion {
  readonly send: () => Promise<unknown>;
  /** The item is to be shown again: after Undo, or when sending has failed. */
  readonly onRestore: () => void;
}

/**
 * Sends a deletion, which the API can't undo, only when its toast has closed without Undo. Closing the tab before then deletes nothing.
 * @returns closes the toast and sends at once, unless that has happened or the deletion was undone
 */
export function toastBeforeDeletion(message: string, { send, onRestore }: DelayedDeletion): () => void {
  let settled = false; // a toast can end in more than one way
  const settle = (act: () => void) => {
    if (!settled) act();
    settled = true;
  };
  const sendOnce = () =>
    settle(() =>
      send().catch((error: unknown) => {
        onRestore();
        toast.error(messageOf(error));
      }),
    );
  const id = toast(message, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: () => settle(onRestore) },
    onAutoClose: sendOnce,
    onDismiss: sendOnce,
  });
  return () => {
    sendOnce();
    toast.dismiss(id);
  };
}
