import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { Preset } from '#contract/preset.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeletePreset } from '../api/use-preset-changes.ts';

/** Long enough to read the message and reach the button. */
const UNDO_MS = 8_000;

/**
 * Deletes a preset once Undo is no longer offered: after eight seconds, or when the user leaves the page. Deletion is permanent, so
 * it is not sent earlier. Closing the tab before then leaves the preset undeleted.
 */
export function useDelayedDelete() {
  const { mutateAsync } = useDeletePreset();
  const [hiddenIds, setHiddenIds] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, string | number>());

  const unhide = (id: string) => setHiddenIds((ids) => new Set([...ids].filter((other) => other !== id)));
  const send = (id: string) => {
    if (!pending.current.delete(id)) return;
    mutateAsync(id).catch((error: unknown) => {
      unhide(id);
      toast.error(messageOf(error));
    });
  };
  const sendPending = useEffectEvent(() => {
    for (const [id, toastId] of pending.current) {
      send(id);
      toast.dismiss(toastId);
    }
  });
  useEffect(() => () => sendPending(), []);

  const deletePreset = ({ id, name }: Preset) => {
    setHiddenIds((ids) => new Set([...ids, id]));
    const toastId = toast(`Deleted “${name}”. Avatars generated from it are not affected.`, {
      duration: UNDO_MS,
      action: {
        label: 'Undo',
        onClick: () => {
          pending.current.delete(id);
          unhide(id);
        },
      },
      onAutoClose: () => send(id),
      onDismiss: () => send(id),
    });
    pending.current.set(id, toastId);
  };
  return { hiddenIds, deletePreset };
}
