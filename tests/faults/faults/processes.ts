import { readFile } from 'node:fs/promises';
import { childrenOf } from '#stack/process-identity.ts';
import { signalQuietly } from '#stack/run-records.ts';
import type { ResilientPart } from '../studio/resilient-part.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import { chosen, type InjectFault } from './fault.ts';

type PartOf = (studio: FaultStudio, choice: number) => ResilientPart;

const PARTS = {
  worker: (studio, choice) => chosen({ choice }, studio.workers).part,
  api: ({ api }) => api.part,
  postgres: ({ parts }) => parts.postgres,
  temporal: ({ parts }) => parts.temporal,
  bucket: ({ parts }) => parts.bucket,
} as const satisfies Record<string, PartOf>;
export type PartName = keyof typeof PARTS;

/** SIGKILL to the process and its children; it stays away as long as the fault lasts, and until it is healthy again. */
export function kill(name: PartName): InjectFault {
  return async ({ studio, fault, last }) => {
    const part = PARTS[name](studio, fault.choice);
    await part.running();
    const before = part.ends();
    await part.during(last);
    await part.running();
    return part.ends() > before ? 1 : 0;
  };
}

/** SIGSTOP to the process and its children: connections stay open, and what was sent meanwhile is done when it resumes. */
export function pause(name: PartName): InjectFault {
  return async ({ studio, fault, last }) => {
    const part = PARTS[name](studio, fault.choice);
    const pid = await part.pid();
    if (pid === undefined) return 0;
    const stopped = [pid];
    signalQuietly(pid, 'SIGSTOP');
    // A stopped server starts no further children.
    stopped.push(...(await childrenOf(pid)).map((child) => child.pid));
    try {
      for (const each of stopped) signalQuietly(each, 'SIGSTOP');
      await last();
      return (await isStopped(pid)) ? 1 : 0;
    } finally {
      for (const each of stopped) signalQuietly(each, 'SIGCONT');
    }
  };
}

/** The state of a process in proc(5), after its name, which may contain spaces. */
async function isStopped(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}
