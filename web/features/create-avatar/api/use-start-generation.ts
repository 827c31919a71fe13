import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CreateGeneration, Generation } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';
import { keys } from '#web/query/keys.ts';
import { toBatch } from '../request.ts';

interface StartInput {
  readonly request: CreateGeneration;
  /** How many images, each with its own seed. */
  readonly count: number;
  readonly idempotencyKey: string;
}

/** Starts one generation or a batch. The response creates the cards; updates follow on the event stream. */
export function useStartGeneration(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ request, count, idempotencyKey }: StartInput): Promise<readonly Generation[]> => {
      const options = { path: { id: projectId }, idempotencyKey };
      if (count === 1) return [await http.post('/projects/{id}/generations', { ...options, body: request })];
      return (await http.post('/projects/{id}/batches', { ...options, body: toBatch(request, count) })).generations;
    },
    onSuccess: (generations) => {
      for (const generation of generations) writeGeneration(client, generation, Date.now());
    },
    onError: (error) => {
      // The displayed balance was out of date: with the right one, the button would have been disabled.
      if (error instanceof RequestFailed && error.code === 'insufficient_credits') {
        void client.invalidateQueries({ queryKey: keys.credits });
      }
    },
  });
}
