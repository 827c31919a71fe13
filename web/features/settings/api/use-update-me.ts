import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Me, MakingDefaults } from '../../../../contract/me.ts';
import { useHttp } from '../../../http/http-context.ts';
import { messageOf } from '../../../http/request-failed.ts';
import { keys } from '../../../query/keys.ts';

/** Keeps what my makings begin with. It is shown at once; refused, it is as it was. */
export function useKeepDefaults() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (defaults: MakingDefaults) => http.patch('/me', { body: { defaults } }),
    scope: { id: 'me' }, // two quick changes arrive in their order
    onMutate: async (defaults) => {
      await client.cancelQueries({ queryKey: keys.me });
      client.setQueryData<Me>(keys.me, (me) => me && { ...me, defaults });
    },
    onError: (error) => {
      toast.error(messageOf(error));
      return client.invalidateQueries({ queryKey: keys.me });
    },
  });
}
