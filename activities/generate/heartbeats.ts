import { Context } from '@temporalio/activity';

/** How often the provider has failed in this activity so far; Temporal's own count has our database's failures in it, too. */
export function failedTries({ info }: Context = Context.current()): number {
  return typeof info.heartbeatDetails === 'number' ? info.heartbeatDetails : 0;
}

/** For the next run, on whatever worker. */
export function noteFailedTries(tries: number, context: Context = Context.current()): void {
  context.heartbeat(tries);
}

/** Each heartbeat that reaches the server is billed, so the first comes as late as is safe: short paintings need none. */
const PULSE_SHARE = 2 / 3;

/**
 * Heartbeats from two thirds of the heartbeat timeout on, until disposed. Independent of what the activity waits for, so
 * a hanging call does not look like a dead worker; a dead or blocked process is noticed within the timeout.
 */
export function startHeartbeats(context: Context = Context.current()): Disposable {
  const everyMs = (context.info.heartbeatTimeoutMs ?? 0) * PULSE_SHARE;
  let timer: NodeJS.Timeout | undefined;
  const beat = () => {
    context.heartbeat(failedTries(context)); // a heartbeat without details would forget them
    timer = setTimeout(beat, everyMs);
  };
  if (everyMs > 0) timer = setTimeout(beat, everyMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
