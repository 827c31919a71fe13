import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import { collectLog } from './collected-logs.ts';

/** Running processes, as `pid command`, whose command or environment contains `text`, such as a data folder. Linux only. */
export async function processesMentioning(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return command.includes(text) || environment.includes(text) ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
    }),
  );
  return found.flat();
}

/** A program that a test has started, and its output so far. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Resolves with the first output row that matches. @throws Error with all output when the program ends before that */
  waitForOutput(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code and signal. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output(): string;
}

/** Whose output is its log. The launcher's is for a terminal, where it prints a signed-in link. */
function isService(args: readonly string[]): boolean {
  return ['api/server.ts', 'temporal/worker/worker.ts', 'web/server.ts'].includes(args.at(-1) ?? '');
}

/** Starts a program whose output is collected. @param messages whether it is sent messages, and sends some */
export function runProgram(
  command: string,
  args: readonly string[],
  { messages = false, ...options }: SpawnOptions & { readonly messages?: boolean },
): RunningProgram {
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', ...(messages ? ['ipc' as const] : [])],
  });
  const lines: string[] = [];
  const collect = isService(args) ? collectLog(args.at(-1)!.replaceAll('/', '-')) : undefined;
  const waiting = new Set<(row: string | undefined) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (row) => {
      lines.push(row);
      collect?.(`${row}\n`);
      for (const notify of waiting) notify(row);
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
        const notify = (row: string | undefined): void => {
          if (row === undefined) reject(new Error(`${command} ended before it wrote ${pattern}:\n${output()}`));
          else if (pattern.test(row)) resolve(row);
          else return;
          waiting.delete(notify);
        };
        waiting.add(notify);
        for (const row of lines) notify(row);
        if (child.exitCode !== null) notify(undefined);
      }),
  };
}
