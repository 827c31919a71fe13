import { explain } from './explain.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const CRASHES = ['uncaughtException', 'unhandledRejection'] as const;
/** An aborted start has few resources to release. */
const ABORTED_START_TIMEOUT_MS = 5_000;

/** Context of a start. */
export interface Lifetime {
  /** Registers a resource to release when the process ends, in reverse order, even after an incomplete start. */
  readonly held: AsyncDisposableStack;
  /** Shuts the process down with exit code 1. */
  readonly fail: (error: unknown) => void;
}

/** Options of a running process. */
export interface Running {
  /** Maximum time to release all resources; after it the process exits without. */
  readonly stopTimeoutMs: number;
  /** Logs a later failure with its stack; if omitted, it is printed on standard error only. */
  readonly logFailure?: (error: unknown) => void;
}

/**
 * Runs a server until SIGTERM or SIGINT (exit code 0), or until a failure during or after its start (one message on standard
 * error, exit code 1). Signals are handled during the start as well; a second one ends the process at once. Always ends with
 * `process.exit`: open handles of libraries, such as Temporal's native runtime, must not delay the exit.
 * @param name used in messages, such as "The API"
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
    // Only the first failure is printed: later ones are its consequences.
    if (exitCode === 0) console.error(`${name} ${running ? 'failed' : "can't start"}: ${explain(error)}`);
    running?.logFailure?.(error);
    exitCode = 1;
    stop();
  };
  /** Failures during shutdown are ignored: resources that they need may already be released. */
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
  const timeoutMs = running?.stopTimeoutMs ?? ABORTED_START_TIMEOUT_MS;
  setTimeout(() => {
    console.error(`${name} did not shut down within ${timeoutMs / 1000} s`);
    process.exit(1);
  }, timeoutMs);
  await held.disposeAsync().catch(failed);
  process.exit(exitCode);
}
