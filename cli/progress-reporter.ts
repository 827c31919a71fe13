/** Where progress is shown; usually process.stderr, so that stdout carries only the result. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows progress: one line that is rewritten on a terminal, separate lines elsewhere. */
export interface ProgressReporter {
  /** Shows a text; the same text as before is not repeated. */
  show(text: string): void;
  /** Ends the current row, so that later output begins on a new one. */
  end(): void;
}

const CLEAR_ROW = '\r\u001B[K';
/** Used when the terminal does not report its width. */
const FALLBACK_COLUMNS = 80;

/** @param elapsedMs since the start of the command */
export function createProgressReporter(output: ProgressOutput, elapsedMs: () => number): ProgressReporter {
  const rewrites = output.isTTY === true;
  let shown: string | undefined;
  return {
    show(text) {
      if (text === shown) return;
      shown = text;
      const entry = `${(elapsedMs() / 1_000).toFixed(1).padStart(6)} s  ${text}`;
      const width = (output.columns ?? FALLBACK_COLUMNS) - 1;
      output.write(rewrites ? CLEAR_ROW + entry.slice(0, width) : `${entry}\n`);
    },
    end() {
      if (rewrites && shown !== undefined) output.write('\n');
      shown = undefined;
    },
  };
}
