import { Context } from '@temporalio/activity';

/** How often the provider has failed in this activity. Temporal's attempt count also includes failures of our database. */
export function failedTries({ info }: Context = Context.current()): number {
  return typeof info.heartbeatDetails === 'number' ? info.heartbeatDetails : 0;
}

/** Stores the count in the heartbeat, for the next run on any worker. */
export function recordFailedTries(tries: number, context: Context = Context.current()): void {
  context.heartbeat(tries);
}

/** Each heartbeat that reaches the server is billed, so the first comes as late as is safe: short generations send none. */
const INTERVAL_SHARE = 2 / 3;

/**
 * Sends a heartbeat every two thirds of the heartbeat timeout, until disposed. It does not depend on what the activity waits for,
 * so a hanging call does not look like a dead worker, while a dead or blocked process is detected within the timeout.
 */
export function startHeartbeats(context: Context = Context.current()): Disposable {
  const everyMs = (context.info.heartbeatTimeoutMs ?? 0) * INTERVAL_SHARE;
  let timer: NodeJS.Timeout | undefined;
  const beat = () => {
    context.heartbeat(failedTries(context)); // a heartbeat without details would erase the count
    timer = setTimeout(beat, everyMs);
  };
  if (everyMs > 0) timer = setTimeout(beat, everyMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
