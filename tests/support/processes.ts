import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Command lines of running processes that mention `text`, such as a data folder. Linux only, as the tests are. */
export async function processesMentioning(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return commandLine.includes(text) || environment.includes(text)
        ? [`${pid} ${commandLine.replaceAll('\0', ' ')}`]
        : [];
    }),
  );
  return lines.flat();
}

/** A program of the test and what it has written so far. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Resolves with the first line of standard output that matches. @throws with all output when it ends before. */
  waitForOutput(pattern: RegExp): Promise<string>;
  /** Resolves with exit code and signal. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output(): string;
}

/** Starts a program whose output is collected. */
export function runProgram(command: string, args: readonly string[], options: SpawnOptions): RunningProgram {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Set<(line: string | undefined) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const notify of waiting) notify(line);
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => {
    for (const notify of waiting) notify(undefined);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const output = (): string => lines.join('\n');
  return {
    child,
    ended,
    output,
    waitForOutput: (pattern) =>
      new Promise((resolve, reject) => {
        const notify = (line: string | undefined): void => {
          if (line === undefined) reject(new Error(`${command} ended before it wrote ${pattern}:\n${output()}`));
          else if (pattern.test(line)) resolve(line);
          else return;
          waiting.delete(notify);
        };
        waiting.add(notify);
        for (const line of lines) notify(line);
        if (child.exitCode !== null) notify(undefined);
      }),
  };
}
