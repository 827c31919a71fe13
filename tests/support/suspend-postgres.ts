import { globSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Suspends an embedded Postgres (SIGSTOP): connections stay open, nothing is answered, and statements sent meanwhile are executed
 * when it resumes.
 * @returns a function that resumes it
 */
export async function suspendPostgres(dataDir: string): Promise<() => void> {
  const [pidFile] = globSync(join(dataDir, 'postgres', '*', 'postmaster.pid'));
  const server = Number.parseInt(await readFile(pidFile!, 'utf8'), 10);
  process.kill(server, 'SIGSTOP');
  // A stopped server forks no new children.
  const all = [server, ...(await childrenOf(server))];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of all) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch (error) {
        // One that had ended before is gone as soon as the server goes on and notices.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
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
