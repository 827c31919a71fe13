import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CreateGeneration, Generation } from '../../../../contract/generation.ts';
import { useHttp } from '../../../http/http-context.ts';
import { RequestFailed } from '../../../http/request-failed.ts';
import { writeGeneration } from '../../../live/write-to-cache.ts';
import { keys } from '../../../query/keys.ts';

/** Starts one. The card is there as soon as the answer is; all that follows comes by the event stream. */
export function useStartGeneration(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, key }: { request: CreateGeneration; key: string }) =>
      http.post<Generation>(`/projects/${projectId}/generations`, request, key),
    onSuccess: (generation) => writeGeneration(client, generation, Date.now()),
    onError: (error) => {
      // The balance on screen was wrong, or it would not have been sent.
      if (error instanceof RequestFailed && error.code === 'insufficient_credits') {
        void client.invalidateQueries({ queryKey: keys.credits });
      }
    },
  });
}
