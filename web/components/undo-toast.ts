import { toast } from 'sonner';
import { messageOf } from '../http/request-failed.ts';

/** Long enough to read the message and reach the button. */
const UNDO_MS = 8_000;

/** What the visible toasts can undo, by toast. */
const undoable = new Map<string | number, () => void>();

/** Undoes what the newest toast with an Undo button says, as pressing the button would. Does nothing when there is none. */
export function undoLatest(): void {
  const latest = [...undoable].at(-1);
  if (!latest) return;
  const [id, undo] = latest;
  undoable.delete(id);
  undo();
  toast.dismiss(id);
}

/** Shows what was done, with an Undo button while the toast is visible. */
export function toastWithUndo(message: string, undo: () => Promise<unknown>): void {
  showUndo(message, { undo: () => void undo().catch((error: unknown) => toast.error(messageOf(error))) });
}

interface UndoToast {
  readonly undo: () => void;
  /** The toast has closed. After Undo too, so `onClose` must allow for it. */
  readonly onClose?: () => void;
}

function showUndo(message: string, { undo, onClose }: UndoToast): string | number {
  const closed = ({ id }: { id: string | number }) => {
    undoable.delete(id);
    onClose?.();
  };
  const press = () => {
    undoable.delete(id);
    undo();
  };
  const id = toast(message, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: press },
    onAutoClose: closed,
    onDismiss: closed,
  });
  undoable.set(id, undo);
  return id;
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
  const id = showUndo(message, { undo: () => settle(onRestore), onClose: sendOnce });
  return () => {
    sendOnce();
    toast.dismiss(id);
  };
}
