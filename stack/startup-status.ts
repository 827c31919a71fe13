import { rename, writeFile } from 'node:fs/promises';
import { STARTUP_PARTS, type StartupPart, type StartupPartName } from '#domain/startup/startup-part.ts';
import type { Progress } from './progress.ts';

/** The state of the parts that follow the page, in a file that the API serves while they are prepared. */
export interface StartupStatus {
  /** Marks a part as in preparation, with what is happening to it now. */
  preparing(part: StartupPartName, detail?: string): void;
  ready(part: StartupPartName): void;
  /** The part will not come; nothing depends on it. */
  unavailable(part: StartupPartName, detail: string): void;
  /** Resolves when the latest state has been written. */
  written(): Promise<void>;
}

/** A build reports hundreds of packages a second; the page polls every two. */
const WRITE_INTERVAL_MS = 500;

/** @param path replaced atomically on each change; undefined: nothing is written. */
export function createStartupStatus(path: string | undefined, now: () => number = Date.now): StartupStatus {
  const parts = new Map<StartupPartName, StartupPart>(
    STARTUP_PARTS.map((part) => [part, { part, state: 'waiting', detail: null, startedAt: null }]),
  );
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (path === undefined) return;
    const text = JSON.stringify([...parts.values()]);
    // A status that can't be written must not stop the start.
    writing = writing
      .then(() => writeFile(`${path}.new`, text))
      .then(() => rename(`${path}.new`, path))
      .catch(() => undefined);
  };
  const set = (part: StartupPartName, change: Pick<StartupPart, 'state' | 'detail'>): void => {
    const before = parts.get(part);
    const startedAt = before?.startedAt ?? (change.state === 'preparing' ? new Date(now()).toISOString() : null);
    parts.set(part, { part, startedAt, ...change });
    if (before?.state !== change.state) write();
    else timer ??= setTimeout(write, WRITE_INTERVAL_MS).unref();
  };

  write();
  return {
    preparing: (part, detail) => set(part, { state: 'preparing', detail: detail ?? null }),
    ready: (part) => set(part, { state: 'ready', detail: null }),
    unavailable: (part, detail) => set(part, { state: 'unavailable', detail }),
    written: async () => {
      if (timer !== undefined) write();
      await writing;
    },
  };
}

/** Shows steps in the terminal as `progress` does, and as the details of `part`. */
export function progressOf(progress: Progress, status: StartupStatus, part: StartupPartName): Progress {
  return {
    say: progress.say,
    begin(title) {
      status.preparing(part, title);
      const step = progress.begin(title);
      return {
        ...step,
        detail(text) {
          status.preparing(part, `${title}: ${text}`);
          step.detail(text);
        },
      };
    },
  };
}
