import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Profile, GenerationDefaults } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';

/** Keeps what my generations begin with. It is shown at once; refused, it is as it was. */
export function useSaveDefaults() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (defaults: GenerationDefaults) => http.patch('/me', { body: { defaults } }),
    scope: { id: 'me' }, // two quick changes arrive in their order
    onMutate: async (defaults) => {
      await client.cancelQueries({ queryKey: keys.profile });
      client.setQueryData<Profile>(keys.profile, (profile) => profile && { ...profile, defaults });
    },
    onError: (error) => {
      toast.error(messageOf(error));
      return client.invalidateQueries({ queryKey: keys.profile });
    },
  });
}
