import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Generation } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';

/** The actions on one generation. Responses go into the cache that the event stream writes. */
export function useGenerationActions(generation: Generation) {
  const http = useHttp();
  const client = useQueryClient();
  const path = { id: generation.id };
  const onSuccess = (answer: Generation) => writeGeneration(client, answer, Date.now());
  const onError = (error: Error) => toast.error(messageOf(error));

  const cancel = useMutation({
    mutationFn: () => http.post('/generations/{id}/cancel', { path, body: {} }),
    onSuccess,
    // 409: the generation ended first, and the event stream has reported the outcome.
    onError: (error) => {
      if (!(error instanceof RequestFailed && error.code === 'conflict')) onError(error);
    },
  });
  const move = useMutation({
    mutationFn: (priority: number) => http.post('/generations/{id}/priority', { path, body: { priority } }),
    onSuccess,
    onError,
  });
  const retry = useMutation({
    mutationFn: (idempotencyKey: string) => http.post('/generations/{id}/retry', { path, idempotencyKey }),
    onSuccess,
    onError,
  });
  return { cancel, move, retry };
}
