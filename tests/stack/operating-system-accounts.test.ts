import { execFile } from 'node:child_process';
import { chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheRoot } from '#process/cache-folder.ts';
import { isReachable } from '#stack/postgres/account.ts';
import { removePostgresFolder } from '#stack/postgres/data-folder.ts';
import { processesMentioning, runProgram } from '../support/processes.ts';
import { createDataDir, removeDataDir } from '../support/temporary-stack.ts';

const run = promisify(execFile);
const RUN_STACK = fileURLToPath(new URL('./run-stack.ts', import.meta.url));
const IS_ROOT = process.getuid?.() === 0;
const USER = 'avatar-studio-test';
const NOBODY = { name: 'nobody', uid: 65_534, gid: 65_534 };
/** Another user cannot run anything in a clone that only root may enter. */
const OTHERS_CAN_RUN_IT = !IS_ROOT || (await isReachable(import.meta.dirname, NOBODY));

/** Starts and stops the stack in a separate process. @returns the user ids of its servers */
async function startAndStop(
  dataDir: string,
  options: { uid?: number; gid?: number; env: NodeJS.ProcessEnv },
): Promise<Set<number>> {
  const launcher = runProgram(process.execPath, [RUN_STACK, dataDir], options);
  try {
    const { databaseUrl } = JSON.parse(await launcher.waitForOutput(/^\{/)) as { databaseUrl: string };
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('SELECT 1');
    await client.end();
    return await userIdsOf(dataDir);
  } finally {
    launcher.child.kill('SIGTERM');
    await launcher.ended;
  }
}

async function userIdsOf(dataDir: string): Promise<Set<number>> {
  const records = await readdir(join(dataDir, 'run'));
  const ids = records.map(async (record) => {
    const { pid } = JSON.parse(await readFile(join(dataDir, 'run', record), 'utf8')) as { pid: number };
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN);
  });
  return new Set((await Promise.all(ids)).filter((id) => !Number.isNaN(id)));
}

describe('the operating system user who starts the stack', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await createDataDir();
  });
  afterEach(() => removeDataDir(folder));

  test.runIf(OTHERS_CAN_RUN_IT)('can be an ordinary user, under whom every server runs', async () => {
    const account = IS_ROOT ? await createUser() : undefined;
    try {
      const home = join(folder, 'home');
      await mkdir(home);
      const cache = join(home, '.cache');
      await cp(cacheRoot(process.env), join(cache, 'avatar-studio'), { recursive: true, filter: isOfTheStack });
      if (account !== undefined) await changeOwner(home, account.uid, account.gid);
      const env = { PATH: process.env['PATH'], HOME: home, XDG_CACHE_HOME: cache };

      const ids = await startAndStop(join(home, 'data'), { ...account, env });

      expect(ids).toEqual(new Set([account?.uid ?? process.getuid?.()]));
      expect(await processesMentioning(folder)).toEqual([]);
    } finally {
      if (account !== undefined) await run('userdel', [USER]);
    }
  });

  test.runIf(IS_ROOT)('can be root, while Postgres, which refuses root, runs as another user', async () => {
    const ids = await startAndStop(folder, { env: process.env });
    expect(ids.has(0)).toBe(true);
    expect(ids.size).toBe(2);
  });

  test.runIf(IS_ROOT)(
    'can be root in a project that other users cannot enter, with a link to a database elsewhere',
    async () => {
      const hidden = await mkdtemp(join(tmpdir(), 'avatar-studio-hidden-'));
      try {
        await startAndStop(hidden, { env: process.env });
        expect((await lstat(join(hidden, 'postgres'))).isSymbolicLink()).toBe(true);
        expect(await realpath(join(hidden, 'postgres'))).toMatch(/^\/var\/lib\/avatar-studio\//);
        // A second start must find the same database through the link.
        await startAndStop(hidden, { env: process.env });
      } finally {
        await removePostgresFolder(hidden);
        await rm(hidden, { recursive: true, force: true });
      }
    },
  );
});

/** Of the cache, the tests' own packages are most: no server needs them. */
function isOfTheStack(path: string): boolean {
  const [name = ''] = relative(cacheRoot(process.env), path).split('/');
  return name === '' || /server/u.test(name);
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  await run('userdel', [USER]).catch(() => undefined);
  await run('useradd', ['--system', '--no-create-home', '--user-group', USER]);
  const [uid, gid] = await Promise.all([run('id', ['-u', USER]), run('id', ['-g', USER])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function changeOwner(path: string, uid: number, gid: number): Promise<void> {
  const entries = await readdir(path, { recursive: true });
  await Promise.all(['.', ...entries].map((entry) => chown(join(path, entry), uid, gid)));
}
