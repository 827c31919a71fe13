/** What one function, or one statement, costs. */
interface FunctionCost {
  /** With its file or package, so that it can be found. */
  readonly name: string;
  /** Of an avatar. */
  readonly ms: number;
}

/** The dearest functions of one process or thread. */
export interface ProcessFunctions {
  readonly process: string;
  /** All of its functions together, ms an avatar. */
  readonly ms: number;
  readonly functions: readonly FunctionCost[];
}

const SHOWN = 10;

/** @param spent ms by function, for all avatars together */
export function dearestOf(process: string, spent: ReadonlyMap<string, number>, avatars: number): ProcessFunctions {
  const functions = [...spent].map(([name, ms]) => ({ name, ms: ms / avatars })).toSorted((a, b) => b.ms - a.ms);
  const total = functions.reduce((sum, { ms }) => sum + ms, 0);
  return { process, ms: total, functions: functions.slice(0, SHOWN) };
}

export function add(spent: Map<string, number>, name: string, ms: number): void {
  spent.set(name, (spent.get(name) ?? 0) + ms);
}
