import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledFailure } from '@temporalio/activity';

/**
 * Waits for `ms` milliseconds.
 *
 * @param wake ends the wait early, without an error
 * @throws CancelledFailure as soon as `signal` aborts
 */
export async function pause(ms: number, signal: AbortSignal, wake?: AbortSignal): Promise<void> {
  if (signal.aborted) throw new CancelledFailure('cancelled');
  if (ms <= 0 || wake?.aborted) return;
  try {
    await sleep(ms, undefined, { signal: wake ? AbortSignal.any([signal, wake]) : signal });
  } catch {
    if (signal.aborted) throw new CancelledFailure('cancelled');
  }
}
