import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CreateGeneration, Generation } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';
import { keys } from '#web/query/keys.ts';
import { toBatch } from '../request.ts';

interface Order {
  readonly request: CreateGeneration;
  /** How many, each with a seed of its own. */
  readonly count: number;
  readonly key: string;
}

/** Starts one or several. Their cards are there as soon as the answer is; all that follows comes by the event stream. */
export function useStartGeneration(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ request, count, key }: Order): Promise<readonly Generation[]> => {
      const order = { path: { id: projectId }, idempotencyKey: key };
      if (count === 1) return [await http.post('/projects/{id}/generations', { ...order, body: request })];
      return (await http.post('/projects/{id}/batches', { ...order, body: toBatch(request, count) })).generations;
    },
    onSuccess: (generations) => {
      for (const generation of generations) writeGeneration(client, generation, Date.now());
    },
    onError: (error) => {
      // The balance on screen was wrong, or it would not have been sent.
      if (error instanceof RequestFailed && error.code === 'insufficient_credits') {
        void client.invalidateQueries({ queryKey: keys.credits });
      }
    },
  });
}
