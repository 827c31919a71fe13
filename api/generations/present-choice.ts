import type { Attempt, ChoiceNote } from '#contract/generation.ts';
import type { AttemptState } from '#domain/generation/attempt.ts';
import type { ChoiceOutcome } from '#domain/provider/choice.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';

const OUTCOMES: Readonly<Record<AttemptState, ChoiceOutcome>> = {
  created: 'generating',
  submitting: 'generating',
  submitted: 'generating',
  succeeded: 'delivered',
  failed: 'failed',
  cancelled: 'cancelled',
};

/**
 * The provider choice, with the outcome of each candidate.
 * @param attempts as the contract shows them
 */
export function presentChoice({ choice }: Pick<Generation, 'choice'>, attempts: readonly Attempt[]): ChoiceNote[] {
  return choice.map(({ provider, model: id, position, reasons, explanation }) => {
    const model = modelLabel(provider, id);
    const last = attempts.findLast((attempt) => attempt.provider === provider && attempt.model === model);
    return {
      provider,
      model,
      position: position === null ? null : position + 1,
      reasons,
      explanation,
      outcome: last ? OUTCOMES[last.state as AttemptState] : 'not_tried',
      failure: last?.failure ?? null,
    };
  });
}
