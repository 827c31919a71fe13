import { useEffect, useRef, useState } from 'react';
import type { Preset } from '#contract/preset.ts';
import { isolated } from '#domain/text/isolated.ts';
import { toastBeforeDeletion } from '#web/components/undo-toast.ts';
import { useDeletePreset } from '../api/use-preset-changes.ts';

/** Deletes a preset after its Undo toast has closed, or when the user leaves the page. */
export function useDelayedPresetDeletion() {
  const { mutateAsync } = useDeletePreset();
  const [hiddenIds, setHiddenIds] = useState<ReadonlySet<string>>(new Set());
  const sendNow = useRef<(() => void)[]>([]);
  useEffect(
    () => () => {
      for (const send of sendNow.current) send();
    },
    [],
  );

  const deletePreset = ({ id, name }: Preset) => {
    setHiddenIds((ids) => new Set([...ids, id]));
    const send = toastBeforeDeletion(`Deleted “${isolated(name)}”. Avatars generated from it are not affected.`, {
      send: () => mutateAsync(id),
      onRestore: () => setHiddenIds((ids) => new Set([...ids].filter((other) => other !== id))),
    });
    sendNow.current.push(send);
  };
  return { hiddenIds, deletePreset };
}
