/** Where progress is shown; usually process.stderr, so that stdout carries only the result. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows what is going on: one line that is rewritten on a terminal, plain lines elsewhere. */
export interface ProgressReporter {
  /** Says the same thing only once. */
  show(text: string): void;
  /** Ends the row, so that what is written next stands on its own. */
  end(): void;
}

const CLEAR_ROW = '\r\u001B[K';
/** Terminals that don't tell their width are at least this wide. */
const FALLBACK_COLUMNS = 80;

/** @param elapsedMs since the start of the command */
export function createProgressReporter(output: ProgressOutput, elapsedMs: () => number): ProgressReporter {
  const rewrites = output.isTTY === true;
  let shown: string | undefined;
  return {
    show(text) {
      if (text === shown) return;
      shown = text;
      const reporter = `${(elapsedMs() / 1_000).toFixed(1).padStart(6)} s  ${text}`;
      const width = (output.columns ?? FALLBACK_COLUMNS) - 1;
      output.write(rewrites ? CLEAR_ROW + reporter.slice(0, width) : `${reporter}\n`);
    },
    end() {
      if (rewrites && shown !== undefined) output.write('\n');
      shown = undefined;
    },
  };
}
