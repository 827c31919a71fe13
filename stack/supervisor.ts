import { join } from 'node:path';
import { startChild, type Child, type ChildSpec } from './child-process.ts';
import { createRunRecords } from './run-records.ts';

/** A long-running program with its health check. */
interface ServerSpec extends ChildSpec {
  /** Called until it resolves; an error means "not ready yet". Must stop when the signal aborts. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
}

/** Starts children, records them on disk, and stops all of them at any time during or after the start. */
export interface Supervisor {
  /** Starts a server and waits until it is healthy. @throws with the end of its log when it exits before. */
  start(spec: ServerSpec): Promise<Child>;
  /** Runs a command to its end. @throws with the end of its log unless it succeeds. */
  run(spec: ChildSpec): Promise<void>;
  /** Stops processes left over from a killed launcher. Returns their names. */
  endLeftovers(): Promise<string[]>;
  /** Aborted when everything is being stopped. */
  readonly stopping: AbortSignal;
  /** Refuses new children; running ones are not affected. */
  beginStopping(): void;
  /** Kills all children, as a crash would. */
  killAll(): Promise<void>;
  /** Stops all children in reverse order, and refuses new ones. */
  stopAll(): Promise<void>;
}

/** Thrown by a start in progress when everything is being stopped. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

/** @param dataDir contains `run/` (records of started processes) and `logs/`. */
export function createSupervisor(dataDir: string): Supervisor {
  const records = createRunRecords(join(dataDir, 'run'));
  const running = new Map<string, Child>();
  const stopping = new AbortController();

  async function launch(spec: ChildSpec): Promise<Child> {
    if (stopping.signal.aborted) throw new StoppingError(`${spec.name} is not started: the stack is stopping`);
    const child = await startChild(spec, join(dataDir, 'logs', `${spec.name}.log`));
    running.set(spec.name, child);
    void removeWhenExited(child);
    await records.add(spec.name, child.pid, spec.stopSignal ?? 'SIGTERM');
    // Stopping may have begun while the child was being started.
    if (stopping.signal.aborted) await child.stop();
    return child;
  }

  async function removeWhenExited(child: Child): Promise<void> {
    await child.exited;
    if (running.get(child.name) === child) running.delete(child.name);
  }

  async function explain(child: Child, what: string): Promise<Error> {
    if (stopping.signal.aborted) return new StoppingError(`${child.name} was stopped`);
    return new Error(`${what}. The end of ${child.logFile}:\n${await child.logTail()}`);
  }

  async function stopOne(child: Child): Promise<void> {
    await child.stop();
    await records.remove(child.name);
  }

  return {
    async start(spec) {
      const child = await launch(spec);
      const waiting = new AbortController();
      const died = child.exited.then(async ({ code, signal }) => {
        waiting.abort(new Error(`${spec.name} ended`));
        throw await explain(child, `${spec.name} ended during start-up (${signal ?? `exit code ${code}`})`);
      });
      died.catch(() => undefined);
      try {
        await Promise.race([spec.ready(waiting.signal), died]);
      } catch (error) {
        // The exit explains more than the failed health check.
        if (waiting.signal.aborted) await died;
        const end = await child.logTail();
        await stopOne(child);
        throw new Error(`${spec.name} did not become healthy. The end of its log:\n${end}`, { cause: error });
      }
      return { ...child, stop: () => stopOne(child) };
    },
    async run(spec) {
      const child = await launch(spec);
      const { code, signal } = await child.exited;
      await records.remove(spec.name);
      if (code !== 0) throw await explain(child, `${spec.name} failed (${signal ?? `exit code ${code}`})`);
    },
    stopping: stopping.signal,
    endLeftovers: () => records.endLeftovers(),
    beginStopping: () => stopping.abort(),
    async killAll() {
      stopping.abort();
      await Promise.all([...running.values()].map((child) => child.kill9()));
    },
    async stopAll() {
      stopping.abort();
      for (const child of [...running.values()].toReversed()) await stopOne(child);
    },
  };
}
