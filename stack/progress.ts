/** Shows the progress of a long start. */
export interface Progress {
  /** Prints a message. */
  say(message: string): void;
  /** Begins a long step, whose duration is shown until it is done. */
  begin(title: string): ProgressStep;
}

interface ProgressStep {
  /** Sets the current detail of the step, such as "412 packages compiled". */
  detail(text: string): void;
  done(): void;
  failed(): void;
}

/** The output for progress. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Redraw interval on a terminal. */
const REDRAW_MS = 1_000;
/** Interval of new lines in a log file. */
const LOG_INTERVAL_MS = 15_000;
const FALLBACK_COLUMNS = 80;

/** @param output usually process.stdout. */
export function createProgress(output: ProgressOutput): Progress {
  const redraws = output.isTTY === true;
  const clear = '\r\u001B[K';

  function begin(title: string): ProgressStep {
    const startedAt = performance.now();
    let latest = '';
    const message = (): string =>
      `${title}: ${elapsed(performance.now() - startedAt)}${latest === '' ? '' : `, ${latest}`}`;
    const show = (): void => {
      const text = message();
      output.write(redraws ? clear + text.slice(0, (output.columns ?? FALLBACK_COLUMNS) - 1) : `${text}\n`);
    };
    const ticker = setInterval(show, redraws ? REDRAW_MS : LOG_INTERVAL_MS);
    ticker.unref();
    show();
    const finish = (word: string): void => {
      clearInterval(ticker);
      output.write(`${redraws ? clear : ''}${title}: ${word} after ${elapsed(performance.now() - startedAt)}\n`);
    };
    return {
      detail: (text) => {
        latest = text;
      },
      done: () => finish('done'),
      failed: () => finish('failed'),
    };
  }

  return { say: (text) => void output.write(`${redraws ? clear : ''}${text}\n`), begin };
}

/** `42 s`, `3 min 05 s`. */
export function elapsed(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
