import { setTimeout as sleep } from 'node:timers/promises';
import type { StackPart } from './stack-part.ts';

export interface RestartOptions {
  readonly name: string;
  readonly part: StackPart;
  /** Aborted when the stack is stopped intentionally. */
  readonly stopping: AbortSignal;
  say(message: string): void;
  /** Waits before a restart; {@link sleep} by default. */
  readonly pause?: (durationMs: number) => Promise<void>;
}

/** Consecutive crashes after which restarting is given up. */
const MAX_CRASHES = 5;
/** After a part has run this long, an earlier crash no longer counts. */
const HEALTHY_AFTER_MS = 60_000;
/** Pause before the second restart in a row; each further one adds the same time. */
const PAUSE_MS = 1_000;

/**
 * Restarts a part whenever it ends unexpectedly.
 *
 * @returns when the stack is stopping. @throws Error after five crashes in a row, or when a restart fails.
 */
export async function restartOnExit(options: RestartOptions): Promise<void> {
  const { name, part, stopping, say } = options;
  let crashes = 0;
  for (;;) {
    const startedAt = performance.now();
    const { code, signal } = await part.exited();
    if (stopping.aborted) return;
    crashes = performance.now() - startedAt > HEALTHY_AFTER_MS ? 1 : crashes + 1;
    const how = signal ?? `exit code ${code}`;
    if (crashes > MAX_CRASHES) throw new Error(`${name} ended ${crashes} times in a row (${how})`);
    say(`${name} ended unexpectedly (${how}), restarting it`);
    await (options.pause ?? sleep)((crashes - 1) * PAUSE_MS);
    if (stopping.aborted) return;
    try {
      await part.restart();
    } catch (error) {
      if (stopping.aborted) return;
      throw error;
    }
  }
}
