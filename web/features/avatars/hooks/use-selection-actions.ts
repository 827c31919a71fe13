import { toast } from 'sonner';
import type { BulkAvatars } from '#contract/avatar.ts';
import { toastWithUndo } from '#web/components/undo-toast.ts';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useChangeAvatars } from '../api/use-change-avatars.ts';
import { useDownloadAvatars } from '../api/use-download-avatars.ts';
import type { Selection } from './use-selection.ts';

const explainRefusal = (error: unknown) => void toast.error(messageOf(error));

/** Does things to all that is selected, says what was done, and where it can be undone offers that. */
export function useSelectionActions(selection: Selection) {
  const { mutateAsync } = useChangeAvatars();
  const download = useDownloadAvatars();
  const ids = [...selection.ids];
  const many = counted(ids.length, 'avatar');

  function act(change: BulkAvatars, words: string, undo?: BulkAvatars): void {
    selection.end();
    mutateAsync(change)
      .then(() => (undo ? toastWithUndo(words, () => mutateAsync(undo)) : toast(words)))
      .catch(explainRefusal);
  }

  return {
    trash: () => act({ action: 'trash', ids }, `Moved ${many} to the trash.`, { action: 'restore', ids }),
    move: (to: { id: string; name: string }, fromId: string) =>
      act({ action: 'move', ids, projectId: to.id }, `Moved ${many} to “${to.name}”.`, {
        action: 'move',
        ids,
        projectId: fromId,
      }),
    restore: () => act({ action: 'restore', ids }, `Restored ${many}.`, { action: 'trash', ids }),
    deleteForever: () => act({ action: 'delete', ids }, `Deleted ${many} for ever.`),
    download: () => download.mutate(ids, { onError: explainRefusal }),
    downloading: download.isPending,
  };
}
