import { readdir, readFile } from 'node:fs/promises';

/** USER_HZ: Linux reports CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/<pid>/stat after the command's name in brackets, from 0: see proc_pid_stat(5). */
const PARENT = 1;
/** User and system time of all threads of the process. */
const OWN = [11, 12];
/** User and system time of its children that have ended and were waited for. */
const ENDED_CHILDREN = [13, 14];

type Stat = readonly string[];

/** CPU seconds that one process has used so far: its own threads, without any child. 0 without such a process. Linux only. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readStat(pid);
  return stat === undefined ? 0 : ticks(stat, OWN) / TICKS_PER_SECOND;
}

/**
 * CPU seconds that a process and all its descendants have used so far, those that have ended included: for a server that serves each
 * connection in a process, as Postgres does. Never for a process that also starts other servers. Linux only.
 */
export async function cpuSecondsOfTree(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).map(Number).filter((candidate) => Number.isInteger(candidate));
  const stats = new Map(
    await Promise.all(pids.map(async (candidate) => [candidate, await readStat(candidate)] as const)),
  );
  const ticksOf = (root: number): number => {
    const stat = stats.get(root);
    if (stat === undefined) return 0;
    const children = [...stats].filter(([, other]) => Number(other?.[PARENT]) === root).map(([child]) => child);
    return sum([ticks(stat, OWN), ticks(stat, ENDED_CHILDREN), ...children.map(ticksOf)]);
  };
  return ticksOf(pid) / TICKS_PER_SECOND;
}

async function readStat(pid: number): Promise<Stat | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name may hold spaces and brackets; the numbers begin after its last closing one.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function ticks(stat: Stat, fields: readonly number[]): number {
  return sum(fields.map((field) => Number(stat[field])));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
