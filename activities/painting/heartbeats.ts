import { Context } from '@temporalio/activity';

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
    context.heartbeat();
    timer = setTimeout(beat, everyMs);
  };
  if (everyMs > 0) timer = setTimeout(beat, everyMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
