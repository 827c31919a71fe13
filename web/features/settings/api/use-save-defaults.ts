import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Profile, GenerationDefaults } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';

/** Saves the user's generation defaults. Optimistic: rolled back when the API refuses. */
export function useSaveDefaults() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (defaults: GenerationDefaults) => http.patch('/me', { body: { defaults } }),
    scope: { id: 'me' }, // two quick changes are sent one after the other
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
