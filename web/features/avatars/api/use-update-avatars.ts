import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import { toastWithUndo } from '#web/components/undo-toast.ts';
import { useHttp } from '#web/http/http-context.ts';
import { type LiveGenerations, withAvatars } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';
import { type AvatarChanges, undoing } from '../bulk-changes.ts';

/** Changes many avatars at once, all or none; a toast offers to undo it. */
export function useUpdateAvatars() {
  const http = useHttp();
  const client = useQueryClient();
  const { mutateAsync, error, isPending } = useMutation({
    mutationFn: (changes: AvatarChanges) => http.patch('/avatars', { body: { changes } }),
    onSuccess: (_, changes) => {
      const nameOf = (id: string) => changes.find((change) => change.id === id)?.name;
      client.setQueryData<LiveGenerations>(
        keys.live,
        (live) => live && withAvatars(live, (known) => ({ ...known, name: nameOf(known.id) ?? known.name })),
      );
    },
    onSettled: () =>
      Promise.all(
        [keys.avatars(), keys.avatar(), keys.generationNames].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  return {
    error,
    isPending,
    /** Rejects if the request fails; `error` has the reason, too. */
    update: async (avatars: readonly Avatar[], changes: AvatarChanges, message: string) => {
      const back = undoing(changes, avatars);
      await mutateAsync(changes);
      toastWithUndo(message, () => mutateAsync(back));
    },
  };
}
