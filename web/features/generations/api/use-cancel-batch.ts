import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';

/** Cancels the unfinished generations of a batch and returns their credits. */
export function useCancelBatch(batchId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.post('/batches/{id}/cancel', { path: { id: batchId }, body: {} }),
    onSuccess: ({ generations }) => {
      for (const generation of generations) writeGeneration(client, generation, Date.now());
    },
    // 409: the batch ended first, and the event stream has reported the outcome.
    onError: (error) => {
      if (!(error instanceof RequestFailed && error.code === 'conflict')) toast.error(messageOf(error));
    },
  });
}
