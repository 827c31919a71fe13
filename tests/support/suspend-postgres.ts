import { globSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Stops an embedded Postgres in the middle of whatever it does (SIGSTOP): connections stay open, nothing is answered, and what was
 * sent meanwhile is done when it goes on.
 * @returns lets it go on
 */
export async function suspendPostgres(dataDir: string): Promise<() => void> {
  const [pidFile] = globSync(join(dataDir, 'postgres', '*', 'postmaster.pid'));
  const server = Number.parseInt(await readFile(pidFile!, 'utf8'), 10);
  process.kill(server, 'SIGSTOP');
  // From now on it has no new children.
  const all = [server, ...(await childrenOf(server))];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of all) process.kill(pid, 'SIGCONT');
  };
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return status.includes(`\nPPid:\t${parent}\n`) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
