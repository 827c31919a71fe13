import { readdir, readFile } from 'node:fs/promises';

/** USER_HZ: Linux reports CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/<pid>/stat after the command's name in brackets, from 0: see proc_pid_stat(5). */
const PARENT = 1;
const USER = 11;
const SYSTEM = 12;
const USER_OF_ENDED_CHILDREN = 13;
const SYSTEM_OF_ENDED_CHILDREN = 14;

/** CPU seconds that a process and its descendants have used so far, those that have ended included. */
export async function cpuSeconds(pid: number): Promise<number> {
  const processes = await allProcesses();
  const ticksOf = (root: number): number => {
    const stat = processes.get(root);
    if (stat === undefined) return 0;
    const own = [USER, SYSTEM, USER_OF_ENDED_CHILDREN, SYSTEM_OF_ENDED_CHILDREN].map((field) => Number(stat[field]));
    const children = [...processes].filter(([, other]) => Number(other[PARENT]) === root).map(([child]) => child);
    return sum(own) + sum(children.map(ticksOf));
  };
  return ticksOf(pid) / TICKS_PER_SECOND;
}

async function allProcesses(): Promise<Map<number, string[]>> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid));
  const stats = await Promise.all(
    pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)] as const),
  );
  // The name may hold spaces and brackets; the numbers begin after its last closing one.
  return new Map(
    stats.flatMap(([pid, stat]) =>
      stat === undefined ? [] : [[pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')]],
    ),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
