import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { Preset } from '#contract/preset.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeletePreset } from '../api/use-preset-changes.ts';

/** As long as the words take to read and a hand to move. */
const UNDO_MS = 8_000;

/**
 * Deleting a preset is final, so it is asked for only when the way back is no longer offered: after eight seconds, or when the
 * page is left for another. Closing the tab before that keeps the preset.
 */
export function useDelayedDelete() {
  const { mutateAsync } = useDeletePreset();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, string | number>());

  const back = (id: string) => setGone((ids) => new Set([...ids].filter((other) => other !== id)));
  const send = (id: string) => {
    if (!waiting.current.delete(id)) return;
    mutateAsync(id).catch((error: unknown) => {
      back(id);
      toast.error(messageOf(error));
    });
  };
  const leave = useEffectEvent(() => {
    for (const [id, shown] of waiting.current) {
      send(id);
      toast.dismiss(shown);
    }
  });
  useEffect(() => () => leave(), []);

  const deletePreset = ({ id, name }: Preset) => {
    setGone((ids) => new Set([...ids, id]));
    const shown = toast(`Deleted “${name}”. Avatars made from it stay.`, {
      duration: UNDO_MS,
      action: {
        label: 'Undo',
        onClick: () => {
          waiting.current.delete(id);
          back(id);
        },
      },
      onAutoClose: () => send(id),
      onDismiss: () => send(id),
    });
    waiting.current.set(id, shown);
  };
  return { gone, remove: deletePreset };
}
