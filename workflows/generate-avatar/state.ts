import { setCurrentDetails } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { Stage } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';
import type { GenerationInput, GenerationStatusAnswer } from './messages.ts';

interface Attempt extends PlannedModel {
  failure: string | null;
}

/** The state of one generation. The `status` query and the details in the Temporal UI are views of it. */
export interface GenerationState {
  readonly input: GenerationInput;
  outcome: AdmissionOutcome | undefined;
  stage: Stage;
  priority: PriorityKey;
  /** The activity that waits for a slot; `setPriority` moves it. */
  queuedActivityId: string | undefined;
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
    queuedActivityId: undefined,
    attempts: [],
    times: {},
    cancelledBy: undefined,
    failure: null,
  };
}

/** Enters a stage and updates the details in the Temporal UI. */
export function enterStage(state: GenerationState, stage: Stage): void {
  state.stage = stage;
  state.times[stage] ??= new Date().toISOString();
  setCurrentDetails(details(state));
}

export function statusAnswer(state: GenerationState): GenerationStatusAnswer {
  const latest = state.attempts.at(-1);
  return {
    stage: state.stage,
    provider: latest?.provider ?? null,
    model: latest?.model ?? null,
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
  const paragraphs = [`**${state.stage}** · priority ${state.priority} · ${state.input.tier}`, ...attempts];
  if (state.cancelledBy) paragraphs.push(`Cancel requested by ${state.cancelledBy.by}: ${state.cancelledBy.reason}`);
  if (state.failure) paragraphs.push(`Failed: ${state.failure}`);
  return paragraphs.join('\n\n');
}
