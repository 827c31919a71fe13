import { useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { useGenerationActions } from '../api/use-generation-actions.ts';
import { dismiss } from './use-dismissed.ts';

/** Retries an ended generation. While the outcome of a retry is unknown, retrying again sends the same idempotency key. */
export function useRetry(generation: Generation) {
  const { retry } = useGenerationActions(generation);
  const [retryKeys] = useState(() => createIdempotencyKeys());
  const onRetry = () =>
    retry.mutate(retryKeys.keyFor(generation.id), {
      onSuccess: () => {
        retryKeys.settled();
        dismiss(generation.id);
      },
      onError: (error) => retryKeys.failed(error),
    });
  return { onRetry, retrying: retry.isPending };
}
