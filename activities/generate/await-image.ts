import { CancelledFailure } from '@temporalio/activity';
import { readAttempt } from '#drizzle/queries/generations/attempts.ts';
import { isTemporary } from '#drizzle/connection/transient.ts';
import { ProviderFailure, type GeneratedImage } from '../providers/port.ts';
import type { ObtainedJob, AttemptContext } from './obtain-job.ts';
import { pause } from './pause.ts';
import type { Wakeups } from './wakeups.ts';

interface Awaiting extends AttemptContext {
  readonly job: ObtainedJob;
  /** From now; then the provider counts as hung. */
  readonly timeMs: number;
  readonly wakeups: Pick<Wakeups, 'of' | 'forget'>;
}

/** The asking itself may fail now and then; a provider that fails this often in a row is down. */
const FAILED_POLLS = 3;
const FAILED_POLL_PAUSE_MS = 1_000;

/**
 * Asks until the image is there, for the last time when its time is over; at once when the provider calls back. Finds a
 * cancel by its mark on the attempt, since Temporal's own word comes only with a heartbeat.
 *
 * @throws ProviderFailure `timeout` when the provider hangs, or the provider's own; CancelledFailure
 */
export async function awaitImage(awaiting: Awaiting): Promise<GeneratedImage> {
  try {
    return await askUntilDone(awaiting);
  } finally {
    awaiting.wakeups.forget(awaiting.attempt.id);
  }
}

async function askUntilDone(awaiting: Awaiting): Promise<GeneratedImage> {
  const { database, provider, attempt, request, job, signal, wakeups } = awaiting;
  const wait = (ms: number) => pause(ms, signal, wakeups.of(attempt.id));
  const endMs = Date.now() + awaiting.timeMs;
  let failedPolls = 0;
  await wait(Math.min(job.pollAfterMs ?? 0, awaiting.timeMs)); // asking at once would be a call for nothing
  for (;;) {
    const known = await readAttempt(database, attempt.id).catch(unlessPassing);
    if (known?.cancelRequestedAt) throw new CancelledFailure('The attempt was cancelled');
    let pauseMs: number;
    try {
      const progress = await provider.poll(job, request, signal);
      failedPolls = 0;
      if (progress.state === 'succeeded') return progress.image;
      if (progress.state === 'failed') throw new WorkEnded(progress.failure);
      pauseMs = progress.pollAfterMs;
    } catch (error) {
      if (!(error instanceof ProviderFailure) || ++failedPolls >= FAILED_POLLS) throw error;
      pauseMs = error.retryAfterMs ?? FAILED_POLL_PAUSE_MS;
    }
    const leftMs = endMs - Date.now();
    if (leftMs <= 0) throw new WorkEnded(new ProviderFailure('timeout', 'no image in time'));
    await wait(Math.min(pauseMs, leftMs));
  }
}

/** A database that is away says nothing about the work, whose image is paid for. */
function unlessPassing(error: unknown): undefined {
  if (!isTemporary(error)) throw error;
}

/** The work at the provider is over, or given up: another run must not go on with this attempt. */
export class WorkEnded extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure) {
    super(failure.message, { cause: failure });
    this.failure = failure;
  }
}
