import { setCurrentDetails } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { Stage } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';
import type { GenerationInput, GenerationStatusAnswer } from './messages.ts';

interface Attempt extends PlannedModel {
  failure: string | null;
}

/** All that one generation knows about itself; the `status` query and the operators' details are views of it. */
export interface GenerationState {
  readonly input: GenerationInput;
  outcome: AdmissionOutcome | undefined;
  stage: Stage;
  priority: PriorityKey;
  /** The activity that waits for a provider; what `setPriority` moves. */
  waitingActivityId: string | undefined;
  readonly attempts: Attempt[];
  readonly times: Partial<Record<Stage, string>>;
  cancelledBy: CancelRequest | undefined;
  failure: string | null;
}

export function newState(input: GenerationInput): GenerationState {
  return {
    input,
    outcome: undefined,
    stage: 'admitting',
    priority: input.priority,
    waitingActivityId: undefined,
    attempts: [],
    times: {},
    cancelledBy: undefined,
    failure: null,
  };
}

/** Enters a stage and tells the operators' page. */
export function enter(state: GenerationState, stage: Stage): void {
  state.stage = stage;
  state.times[stage] ??= new Date().toISOString();
  setCurrentDetails(details(state));
}

export function answer(state: GenerationState): GenerationStatusAnswer {
  const last = state.attempts.at(-1);
  return {
    stage: state.stage,
    provider: last?.provider ?? null,
    model: last?.model ?? null,
    priority: state.priority,
    attempts: state.attempts.map(({ provider, model, failure }) => ({ provider, model, failure })),
    times: { ...state.times },
    failure: state.failure,
  };
}

function details(state: GenerationState): string {
  const attempts = state.attempts.map(
    ({ provider, model, failure }, index) => `${index + 1}. ${model} on ${provider}${failure ? `: ${failure}` : ''}`,
  );
  const lines = [`**${state.stage}** · priority ${state.priority} · ${state.input.tier}`, ...attempts];
  if (state.cancelledBy) lines.push(`Cancel asked by ${state.cancelledBy.by}: ${state.cancelledBy.reason}`);
  if (state.failure) lines.push(`Failed: ${state.failure}`);
  return lines.join('\n\n');
}
