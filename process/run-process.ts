import { explain } from './explain.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const CRASHES = ['uncaughtException', 'unhandledRejection'] as const;
/** A start that is broken off has little to give back. */
const BROKEN_OFF_TIMEOUT_MS = 5_000;

/** What a start works with. */
export interface Lifetime {
  /** Given back when the process ends, the latest first, however it ends and however far the start came. */
  readonly held: AsyncDisposableStack;
  /** Ends the process in order, with exit code 1. */
  readonly fail: (error: unknown) => void;
}

/** What a start leaves running. */
export interface Running {
  /** All that is held is given back within this, or the process ends without. */
  readonly stopTimeoutMs: number;
  /** Where a later failure is logged, with its stack; left out: on standard error only. */
  readonly logFailure?: (error: unknown) => void;
}

/**
 * Runs a server until SIGTERM or SIGINT (exit code 0), or until its start or something later fails (one plain message on standard
 * error, exit code 1). A signal is heard during the start too; a second one ends the process at once. `process.exit` has the last
 * word: handles of libraries, such as Temporal's native runtime, must not hold back a process that is over.
 * @param name how messages call it, such as "The API"
 */
export async function runProcess(name: string, start: (lifetime: Lifetime) => Promise<Running>): Promise<never> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const held = new AsyncDisposableStack();
  let running: Running | undefined;
  let [stopping, signaled, exitCode] = [false, false, 0];

  const stop = (): void => {
    stopping = true;
    end();
  };
  const failed = (error: unknown): void => {
    // One message: what fails after it, fails because of it.
    if (exitCode === 0) console.error(`${name} ${running ? 'failed' : "can't start"}: ${explain(error)}`);
    running?.logFailure?.(error);
    exitCode = 1;
    stop();
  };
  /** What was told to end may fail for want of what has been given back already. */
  const fail = (error: unknown): void => void (stopping || failed(error));
  for (const crash of CRASHES) process.on(crash, failed);
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (signaled) process.exit(1);
      signaled = true;
      stop();
    });
  }

  start({ held, fail }).then((started) => void (running = started), fail);
  await over;
  const timeoutMs = running?.stopTimeoutMs ?? BROKEN_OFF_TIMEOUT_MS;
  setTimeout(() => {
    console.error(`${name} did not end in order within ${timeoutMs / 1000} s`);
    process.exit(1);
  }, timeoutMs);
  await held.disposeAsync().catch(failed);
  process.exit(exitCode);
}
