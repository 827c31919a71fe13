import type { Generation } from '#contract/generation.ts';
import { useGenerationActions } from '../api/use-generation-actions.ts';
import { dismiss } from '../hooks/use-dismissed.ts';
import { useRetry } from '../hooks/use-retry.ts';
import type { ResultActions } from './card-actions.tsx';
import { GenerationCard } from './generation-card.tsx';

interface LiveCardProps {
  readonly generation: Generation;
  readonly mayRaise: boolean;
  readonly resultActions?: ResultActions | undefined;
}

/** A generation card whose actions call the API. */
export function LiveCard({ generation, mayRaise, resultActions }: LiveCardProps) {
  const { cancel, move } = useGenerationActions(generation);
  const { onRetry, retrying } = useRetry(generation);
  return (
    <GenerationCard
      generation={generation}
      mayRaise={mayRaise}
      cancelling={cancel.isPending || cancel.isSuccess}
      retrying={retrying}
      editHref={generation.projectId && `/projects/${generation.projectId}/new?from=${generation.id}`}
      onCancel={() => cancel.mutate()}
      onMove={(priority) => move.mutate(priority)}
      onRetry={onRetry}
      onDismiss={() => dismiss(generation.id)}
      resultActions={resultActions}
    />
  );
}
