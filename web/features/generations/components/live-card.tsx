import { useState } from 'react';
import type { Generation } from '../../../../contract/generation.ts';
import { createIdempotencyKeys } from '../../../http/idempotency-key.ts';
import { RequestFailed } from '../../../http/request-failed.ts';
import { useGenerationActions } from '../api/use-generation-actions.ts';
import { dismiss } from '../hooks/use-dismissed.ts';
import { GenerationCard } from './generation-card.tsx';

/** A card wired to the API. */
export function LiveCard({ generation, mayRaise }: { readonly generation: Generation; readonly mayRaise: boolean }) {
  const { cancel, move, retry } = useGenerationActions(generation);
  const [retryKeys] = useState(() => createIdempotencyKeys());
  const onRetry = () =>
    retry.mutate(retryKeys.keyFor(generation.id), {
      onSuccess: () => {
        retryKeys.settled();
        dismiss(generation.id);
      },
      onError: (error) => {
        if (!(error instanceof RequestFailed && error.outcomeUnknown)) retryKeys.settled();
      },
    });
  return (
    <GenerationCard
      generation={generation}
      mayRaise={mayRaise}
      cancelling={cancel.isPending || cancel.isSuccess}
      retrying={retry.isPending}
      editHref={generation.projectId && `/projects/${generation.projectId}/make?from=${generation.id}`}
      onCancel={() => cancel.mutate()}
      onMove={(priority) => move.mutate(priority)}
      onRetry={onRetry}
      onDismiss={() => dismiss(generation.id)}
    />
  );
}
