import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderFailure } from '../port.ts';

/**
 * Pauses between two searches for a job whose reply was lost.
 *
 * @throws ProviderFailure `cancelled`, accepted 'maybe', when the signal ends it
 */
export async function pauseBetweenPolls(ms: number, signal: AbortSignal): Promise<void> {
  try {
    if (ms > 0) await sleep(ms, undefined, { signal });
  } catch (cause) {
    throw new ProviderFailure('cancelled', 'The search was aborted', { accepted: 'maybe', cause });
  }
}
