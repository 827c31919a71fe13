import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UpdateAvatar } from '#contract/avatar.ts';
import { useHttp } from '#web/http/http-context.ts';
import { type LiveGenerations, withAvatars } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';

/** Changes name, persona or attributes. The response updates the page; lists that show the avatar are refetched. */
export function useUpdateAvatar(avatarId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: UpdateAvatar) => http.patch('/avatars/{id}', { path: { id: avatarId }, body: changes }),
    onSuccess: (avatar) => {
      client.setQueryData(keys.avatar(avatarId), avatar);
      client.setQueryData<LiveGenerations>(
        keys.live,
        (live) => live && withAvatars(live, (known) => (known.id === avatarId ? avatar : known)),
      );
      for (const queryKey of [keys.avatars(), keys.generationNames]) void client.invalidateQueries({ queryKey });
    },
  });
}
