import { readFileSync } from 'node:fs';
import { logFile, type FaultStack } from '../studio/fault-stack.ts';

/** Postgres' log since now; the run before a restart included. */
export function errorsLogged(stack: Pick<FaultStack, 'dataDir'>, pattern: RegExp): { count(): number } {
  const global = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
  const read = (): number => {
    const current = logFile(stack, 'postgres');
    return [current, `${current}.previous`].reduce((sum, path) => sum + (textOf(path).match(global)?.length ?? 0), 0);
  };
  const before = read();
  return { count: () => Math.max(0, read() - before) };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
