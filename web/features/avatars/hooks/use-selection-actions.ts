import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import type { BulkAvatars } from '#contract/bulk-avatars.ts';
import { isolated } from '#domain/text/isolated.ts';
import { toastWithUndo } from '#web/components/undo-toast.ts';
import { counted } from '#web/format/count.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useChangeAvatars } from '../api/use-change-avatars.ts';
import { useDownloadAvatars } from '../api/use-downloads.ts';
import { useUpdateAvatars } from '../api/use-update-avatars.ts';
import { withFavorite } from '../bulk-changes.ts';
import type { Selection } from './use-selection.ts';

const showError = (error: unknown) => void toast.error(messageOf(error));

/** Bulk actions on the selection. Each confirms with a toast, with Undo where the action can be undone. */
export function useSelectionActions(selection: Selection) {
  const { mutateAsync } = useChangeAvatars();
  const download = useDownloadAvatars();
  const { update } = useUpdateAvatars();
  const ids = [...selection.ids];
  const many = counted(ids.length, 'avatar');

  function act(change: BulkAvatars, message: string, undo?: BulkAvatars): void {
    selection.end();
    mutateAsync(change)
      .then(() => (undo ? toastWithUndo(message, () => mutateAsync(undo)) : toast(message)))
      .catch(showError);
  }

  return {
    trash: () => act({ action: 'trash', ids }, `Moved ${many} to the trash.`, { action: 'restore', ids }),
    move: (to: { id: string; name: string }, fromId: string) =>
      act({ action: 'move', ids, projectId: to.id }, `Moved ${many} to “${isolated(to.name)}”.`, {
        action: 'move',
        ids,
        projectId: fromId,
      }),
    restore: () => act({ action: 'restore', ids }, `Restored ${many}.`, { action: 'trash', ids }),
    restoreOne: ({ id, name }: { id: string; name: string }) =>
      act({ action: 'restore', ids: [id] }, `Restored “${isolated(name)}”.`, { action: 'trash', ids: [id] }),
    deleteForever: () => act({ action: 'delete', ids }, `Deleted ${many} permanently.`),
    favor: (avatars: readonly Avatar[], favorite: boolean) => {
      selection.end();
      const message = favorite ? `Marked ${many} as favorite.` : `Removed ${many} from favorites.`;
      update(avatars, withFavorite(avatars, favorite), message).catch(showError);
    },
    download: () => download.mutate(ids, { onError: showError }),
    downloading: download.isPending,
  };
}
