import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { ExponentialBackoff, handleWhen, retry, TaskCancelledError, timeout, TimeoutStrategy, wrap } from 'cockatiel';

/** A write of a few MiB takes a second; a call that takes longer than this is stuck and is aborted. */
const TRY_TIMEOUT_MS = 5_000;
/** Bridges short disruptions. Outages are left to the workflow, which can wait without holding resources. */
const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

export interface CallLimits {
  readonly tryTimeoutMs: number;
  readonly tries: number;
}

export const CALL_LIMITS: CallLimits = { tryTimeoutMs: TRY_TIMEOUT_MS, tries: MAX_TRIES };

/**
 * Adds a timeout and retries to the calls of a library that uses node:http and accepts no AbortSignal: @google-cloud/storage 8 passes
 * `timeout` to a node-fetch that ignores it, and drops an interceptor's `signal` and agent. When a try times out, the caller gets an
 * error, and all requests of that try, token and signing requests included, are destroyed. Node publishes every request on a
 * diagnostics channel; the async context identifies those of a try.
 *
 * The subscription lasts for the life of the process: create one for each client.
 * @param isTransient whether a retry may succeed after this error; must be true for the code ETIMEDOUT
 */
export function createBoundedCall(limits: CallLimits, isTransient: (error: unknown) => boolean) {
  const tries = new AsyncLocalStorage<AbortSignal>();
  subscribe('http.client.request.created', (message) => {
    const signal = tries.getStore();
    if (signal !== undefined) destroyOnAbort((message as { request: ClientRequest }).request, signal);
  });
  const policy = wrap(
    retry(
      handleWhen((error) => error instanceof TaskCancelledError || isTransient(error)),
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

function destroyOnAbort(request: ClientRequest, signal: AbortSignal): void {
  const destroy = () => void request.destroy(timeoutError());
  // The library may send further requests after the try timed out.
  if (signal.aborted) destroy();
  signal.addEventListener('abort', destroy, { once: true });
  request.once('close', () => signal.removeEventListener('abort', destroy));
}

/** May reach the caller before the policy's own error. A library that wraps it keeps the code. */
function timeoutError(): Error {
  return Object.assign(new TaskCancelledError('The try took too long'), { code: 'ETIMEDOUT' });
}
