import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { ExponentialBackoff, handleWhen, retry, TaskCancelledError, timeout, TimeoutStrategy, wrap } from 'cockatiel';

/** A write of a few MiB takes a second; what takes longer than this is stuck, and is cut off. */
const TRY_TIMEOUT_MS = 5_000;
/** Short hiccups are bridged here; outages are the workflow's business, which can wait without holding anything. */
const TRIES = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

export interface CallLimits {
  readonly tryTimeoutMs: number;
  readonly tries: number;
}

export const CALL_LIMITS: CallLimits = { tryTimeoutMs: TRY_TIMEOUT_MS, tries: TRIES };

/**
 * Bounds and repeats the calls of a library that speaks HTTP through node:http and takes no AbortSignal: in
 * @google-cloud/storage 8 `timeout` goes to a node-fetch that ignores it, and an interceptor's `signal` or agent is dropped.
 * The caller is freed when a try's time is up, and whatever that try has on the wire, tokens and signatures included, is
 * destroyed. Node announces every request on the channel; those begun within a try are known by their async context.
 *
 * Listens for the life of the process: make one for each client.
 * @param mayPass whether an error may be gone in a moment, as the code ETIMEDOUT should
 */
export function createBoundedCall(limits: CallLimits, mayPass: (error: unknown) => boolean) {
  const tries = new AsyncLocalStorage<AbortSignal>();
  subscribe('http.client.request.created', (message) => {
    const signal = tries.getStore();
    if (signal !== undefined) cutOff((message as { request: ClientRequest }).request, signal);
  });
  const policy = wrap(
    retry(
      handleWhen((error) => error instanceof TaskCancelledError || mayPass(error)),
      {
        maxAttempts: limits.tries - 1,
        backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS }),
      },
    ),
    timeout(limits.tryTimeoutMs, TimeoutStrategy.Aggressive),
  );
  /** @throws what the last try threw, or TaskCancelledError */
  return <Result>(work: () => Promise<Result>): Promise<Result> =>
    policy.execute(({ signal }) => tries.run(signal, work));
}

function cutOff(request: ClientRequest, signal: AbortSignal): void {
  const destroy = () => void request.destroy(tooLate());
  // A library may still go on when its caller has given up.
  if (signal.aborted) destroy();
  signal.addEventListener('abort', destroy, { once: true });
  request.once('close', () => signal.removeEventListener('abort', destroy));
}

/** It may reach the caller before the policy's own; what a library wraps it in keeps the code. */
function tooLate(): Error {
  return Object.assign(new TaskCancelledError('The try took too long'), { code: 'ETIMEDOUT' });
}
