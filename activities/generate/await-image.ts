import { CancelledFailure } from '@temporalio/activity';
import { readAttempt } from '#drizzle/queries/generations/attempts.ts';
import { isTemporary } from '#drizzle/connection/transient.ts';
import { ProviderFailure, type GeneratedImage } from '../providers/port.ts';
import type { ObtainedJob, AttemptContext } from './obtain-job.ts';
import { pause } from './pause.ts';
import type { Wakeups } from './wakeups.ts';

interface AwaitImageInput extends Omit<AttemptContext, 'hasFallback' | 'begun'> {
  readonly job: ObtainedJob;
  /** Counted from the call. */
  readonly timeoutMs: number;
  readonly wakeups: Pick<Wakeups, 'of' | 'forget'>;
}

/** A single poll may fail; a provider whose polls fail this often in a row is down. */
const MAX_FAILED_POLLS = 3;
const FAILED_POLL_PAUSE_MS = 1_000;

/**
 * Polls until the image is complete, and once more when the time is over. A webhook call from the provider ends the pause between
 * polls. A cancellation is read from the attempt's row, since Temporal delivers it only with the next heartbeat.
 *
 * @throws JobEnded when the job failed or timed out; ProviderFailure when polling failed; CancelledFailure
 */
export async function awaitImage(input: AwaitImageInput): Promise<GeneratedImage> {
  try {
    return await pollUntilDone(input);
  } finally {
    input.wakeups.forget(input.attempt.id);
  }
}

async function pollUntilDone(input: AwaitImageInput): Promise<GeneratedImage> {
  const { database, provider, attempt, request, job, signal, wakeups } = input;
  const wait = (ms: number) => pause(ms, signal, wakeups.of(attempt.id));
  const endMs = Date.now() + input.timeoutMs;
  let failedPolls = 0;
  await wait(Math.min(job.pollAfterMs ?? 0, input.timeoutMs)); // an immediate poll would be wasted
  // The row was read when the attempt was opened, or written with the external id.
  for (let polls = 0; ; polls += 1) {
    const current = polls === 0 ? attempt : await readAttempt(database, attempt.id).catch(ignoreOutage);
    if (current?.cancelRequestedAt) throw new CancelledFailure('The attempt was cancelled');
    let pauseMs: number;
    try {
      const progress = await provider.poll(job, request, signal);
      failedPolls = 0;
      if (progress.state === 'succeeded') return progress.image;
      if (progress.state === 'failed') throw new JobEnded(progress.failure);
      pauseMs = progress.pollAfterMs;
    } catch (error) {
      if (!(error instanceof ProviderFailure) || ++failedPolls >= MAX_FAILED_POLLS) throw error;
      pauseMs = error.retryAfterMs ?? FAILED_POLL_PAUSE_MS;
    }
    const leftMs = endMs - Date.now();
    if (leftMs <= 0) throw new JobEnded(new ProviderFailure('timeout', 'No image within the time limit'));
    await wait(Math.min(pauseMs, leftMs));
  }
}

/** A database outage does not affect the job at the provider, whose image is paid for. */
function ignoreOutage(error: unknown): undefined {
  if (!isTemporary(error)) throw error;
}

/** The job at the provider is over or given up: no other run may continue this attempt. */
export class JobEnded extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure) {
    super(failure.message, { cause: failure });
    this.failure = failure;
  }
}
