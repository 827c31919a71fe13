import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';

/** Stops what of a batch is not done yet; its credits come back. */
export function useCancelBatch(batchId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.post('/batches/{id}/cancel', { path: { id: batchId }, body: {} }),
    onSuccess: ({ generations }) => {
      for (const generation of generations) writeGeneration(client, generation, Date.now());
    },
    // 409: it ended first, and the stream has said how.
    onError: (error) => {
      if (!(error instanceof RequestFailed && error.code === 'conflict')) toast.error(messageOf(error));
    },
  });
}
