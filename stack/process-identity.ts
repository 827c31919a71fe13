import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const STOP_POLL_MS = 2;
const STOP_LIMIT_MS = 1_000;

/** The pid and the start time of a process, which distinguish it from a later process with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** The process that has this pid now; `undefined` when there is none, or only a zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  return process.platform === 'linux' ? identifyByProc(pid) : identifyByPs(pid);
}

/** Whether this process is still running, not a later one with the same pid. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now !== undefined && now.startedAt === identity.startedAt;
}

/** Waits until a process to which SIGSTOP was sent has stopped, or has ended; for a second at most. */
export async function hasStopped(pid: number): Promise<void> {
  const endMs = performance.now() + STOP_LIMIT_MS;
  while (performance.now() < endMs) {
    const state = await stateOf(pid);
    if (state === undefined || /^[TtZX]/u.test(state)) return;
    await sleep(STOP_POLL_MS);
  }
}

async function stateOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return (await statFields(pid))?.[0];
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() || undefined;
}

/** The direct children of `pid`. Empty when it has none or has ended. */
export async function childrenOf(pid: number): Promise<ProcessIdentity[]> {
  const pids = process.platform === 'linux' ? await childPidsByProc(pid) : await childPidsByPs(pid);
  const identities = await Promise.all(pids.map(identify));
  return identities.filter((identity) => identity !== undefined);
}

/** Fields of /proc/<pid>/stat after the command, which may itself contain spaces and parentheses (proc(5)). */
async function statFields(pid: number | string): Promise<string[] | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

async function identifyByProc(pid: number): Promise<ProcessIdentity | undefined> {
  const fields = await statFields(pid);
  // Field 3 is the state, field 22 the start in clock ticks since boot; the first one here is field 3.
  const [state, ticks] = [fields?.[0], fields?.[19]];
  if (state === undefined || ticks === undefined || state === 'Z' || state === 'X') return undefined;
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown');
  return { pid, startedAt: `${bootId.trim()}:${ticks}` };
}

async function identifyByPs(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state, ...started] = stdout.trim().split(/\s+/);
    if (state === undefined || state.startsWith('Z') || started.length === 0) return undefined;
    return { pid, startedAt: started.join(' ') };
  } catch {
    return undefined;
  }
}

async function childPidsByProc(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => Number((await statFields(pid))?.[1])));
  return pids.filter((_, index) => parents[index] === parent);
}

async function childPidsByPs(parent: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout.split('\n').map((text) => text.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}
