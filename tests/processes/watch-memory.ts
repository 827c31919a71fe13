import { readdir, readFile } from 'node:fs/promises';
import type { MemorySample } from './memory-trend.ts';

/** What a process is counted to: its name, or undefined for one that is not watched. */
type Groups = Readonly<Record<string, (process: ProcessInfo) => boolean>>;

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** Memory of its own, without files and what it shares: of Postgres, without the buffers. */
  readonly bytes: number;
}

/** Samples the memory of groups of processes, which may start and end meanwhile. Linux only. @returns ends it and returns the samples by group */
export function watchMemory(groups: Groups, everyMs: number): () => Promise<Record<string, MemorySample[]>> {
  const startedAt = performance.now();
  const samples: Record<string, MemorySample[]> = Object.fromEntries(Object.keys(groups).map((name) => [name, []]));
  const sample = async () => {
    const running = await runningProcesses();
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const [name, belongs] of Object.entries(groups)) {
      const bytes = running.filter(belongs).reduce((sum, process) => sum + process.bytes, 0);
      samples[name]!.push({ seconds, bytes });
    }
  };
  let last = sample();
  const timer = setInterval(() => void (last = last.then(sample)), everyMs);
  return async () => {
    clearInterval(timer);
    await last;
    return samples;
  };
}

async function runningProcesses(): Promise<ProcessInfo[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // It may have ended since.
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const number = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return { pid: Number(pid), parent: number('PPid'), bytes: number('RssAnon') * 1_024 };
    }),
  );
  return found.filter(({ bytes }) => bytes > 0);
}
