import type { GenerationStatus, Stage } from './generation.ts';

/** The facts that a diagnosis is based on. Durations are in seconds, up to now. */
export interface DiagnosisInput {
  readonly status: GenerationStatus;
  readonly stage: Stage;
  /** The message of the failure; null unless the generation failed. */
  readonly failureMessage: string | null;
  /** The caller received a 202 response. */
  readonly accepted: boolean;
  readonly refusal: string | null;
  readonly unchangedSeconds: number;
  readonly cancelRequested: boolean;
  readonly pastDeadline: boolean;
  /** Temporal's workflow status; null when Temporal does not respond. */
  readonly workflow: string | null;
  /** Position in the queue, from 1; null when it is not queued. */
  readonly position: number | null;
  /** Images being generated now, by all workers. */
  readonly running: number;
  readonly finishedPerMinute: number;
  /** The unfinished attempt, if any. */
  readonly attempt: {
    readonly provider: string;
    readonly state: 'created' | 'submitting' | 'submitted';
    readonly ageSeconds: number;
    readonly providerEnabled: boolean;
    readonly providerPausedSeconds: number;
    readonly providerFailsRecently: boolean;
  } | null;
}

export interface DiagnosisConclusion {
  readonly summary: string;
  readonly advice: string | null;
  readonly stuck: boolean;
}

/** FLUX takes seconds. A longer generation is slow; after two minutes the worker uses the next candidate. */
const SLOW_GENERATION_SECONDS = 60;
/** Saving takes tenths of a second; longer points to the bucket or the publish queue. */
const SLOW_SAVING_SECONDS = 30;
/** The reconciler runs every 30 s and checks generations that have not changed for a minute. */
const RECONCILED_WITHIN = 'within two minutes';

const fine = (summary: string): DiagnosisConclusion => ({ summary, advice: null, stuck: false });
const stuck = (summary: string, advice: string): DiagnosisConclusion => ({ summary, advice, stuck: true });

/** States where a generation is, what it waits for, and what an operator can do. */
export function diagnose(input: DiagnosisInput): DiagnosisConclusion {
  const { status } = input;
  if (status === 'completed') return fine('It is completed: the avatar was delivered and charged.');
  if (status === 'failed') return fine(`It failed and holds nothing. ${input.failureMessage ?? ''}`.trim());
  if (status === 'cancelled') return fine('It was cancelled and holds nothing.');
  if (input.workflow === null) {
    return stuck(
      'Temporal does not respond, so no generation proceeds.',
      'Restore Temporal; workflows continue where they were.',
    );
  }
  if (status === 'requested') return diagnoseRequested(input);
  if (input.workflow !== 'RUNNING') {
    return stuck(
      `It holds credits, but its workflow is ${input.workflow}: it was terminated or lost.`,
      `The reconciler returns the credits ${RECONCILED_WITHIN}; trigger it to do so now.`,
    );
  }
  if (input.cancelRequested) {
    return fine('A cancel was requested, and its workflow is releasing the hold.');
  }
  if (input.pastDeadline) {
    return stuck(
      'Its deadline has passed, but its workflow is still running.',
      'Check the workflow in the Temporal UI: are its workers running?',
    );
  }
  return status === 'pending' ? diagnosePending(input) : diagnoseProcessing(input);
}

function diagnoseRequested({ accepted, refusal, workflow }: DiagnosisInput): DiagnosisConclusion {
  if (refusal !== null) return fine(`It was refused (${refusal}); nothing is held. The same key may be sent again.`);
  if (workflow === 'RUNNING') return fine('Its workflow is running, and it is being admitted.');
  if (accepted) {
    return stuck(
      'It was accepted while workers or Temporal were unavailable, and its workflow has not started yet.',
      `The reconciler starts it ${RECONCILED_WITHIN}; trigger it to do so now.`,
    );
  }
  return fine(
    'Its caller never received a response: it is dropped ten minutes after it was stored, and nothing is held.',
  );
}

function diagnosePending({
  position,
  running,
  finishedPerMinute,
  unchangedSeconds,
}: DiagnosisInput): DiagnosisConclusion {
  const text =
    position === null ? 'It waits for a provider' : `It waits for a provider, about number ${position} in the queue`;
  if (running === 0 && finishedPerMinute === 0 && unchangedSeconds > SLOW_SAVING_SECONDS) {
    return stuck(
      `${text}, but no generation is running.`,
      'Are the workers running, and do they poll the generate queue?',
    );
  }
  return fine(`${text}: ${running} running, about ${finishedPerMinute} finished per minute.`);
}

function diagnoseProcessing(input: DiagnosisInput): DiagnosisConclusion {
  const { stage, attempt, unchangedSeconds } = input;
  if (stage === 'generating' && attempt === null) return diagnoseBetweenCandidates(input);
  if (stage !== 'generating' || attempt === null) {
    const summary = `Its image was generated and is being ${stage === 'saving' ? 'saved' : 'processed'} (stage ${stage}, for ${unchangedSeconds} s).`;
    return unchangedSeconds > SLOW_SAVING_SECONDS
      ? stuck(summary, 'Is the bucket available? Publishing is retried for 15 minutes.')
      : fine(summary);
  }
  return diagnoseGenerating(attempt);
}

/** A candidate failed, and the next one has not started. */
function diagnoseBetweenCandidates({ position, unchangedSeconds }: DiagnosisInput): DiagnosisConclusion {
  const text = position === null ? '' : `, about number ${position} in the queue`;
  const summary = `One provider failed; it waits for the next${text} (for ${unchangedSeconds} s).`;
  return unchangedSeconds > SLOW_GENERATION_SECONDS
    ? stuck(summary, 'Are the workers running, and do they poll the generate queue?')
    : fine(summary);
}

function diagnoseGenerating(attempt: NonNullable<DiagnosisInput['attempt']>): DiagnosisConclusion {
  const { provider, state, ageSeconds } = attempt;
  if (state !== 'submitted' && !attempt.providerEnabled) {
    return fine(`${provider} is disabled: the next provider is used.`);
  }
  if (state === 'created' && attempt.providerPausedSeconds > 0) {
    return fine(`It waits for ${provider}, which accepts no requests for ${attempt.providerPausedSeconds} s.`);
  }
  if (state === 'submitting') {
    return ageSeconds > SLOW_GENERATION_SECONDS
      ? stuck(
          `The request was sent to ${provider} ${ageSeconds} s ago, and no reply was recorded: its worker may have stopped.`,
          'The next run looks the request up before it submits again. Are the workers running?',
        )
      : fine(`The request is being sent to ${provider}.`);
  }
  const summary = `${provider} has been generating for ${ageSeconds} s.`;
  if (ageSeconds <= SLOW_GENERATION_SECONDS) return fine(summary);
  const advice = attempt.providerFailsRecently
    ? `${provider} has been failing recently; disable it, and the next provider is used first.`
    : 'The next provider is used when this attempt times out.';
  return stuck(summary, advice);
}
