import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesMentioning, runProgram, type RunningProgram } from '../support/processes.ts';
import { createDataDir, removeDataDir } from '../support/temporary-stack.ts';

const RUN_STACK = fileURLToPath(new URL('./run-stack.ts', import.meta.url));

describe('the stack after its launcher was killed', () => {
  let dataDir: string;
  let launcher: RunningProgram;
  beforeAll(async () => {
    dataDir = await createDataDir();
  });
  afterAll(async () => {
    launcher.child.kill('SIGTERM');
    await launcher.ended;
    await removeDataDir(dataDir);
  });

  const start = async (): Promise<{ databaseUrl: string }> => {
    launcher = runProgram(process.execPath, [RUN_STACK, dataDir], { env: process.env });
    return JSON.parse(await launcher.waitForOutput(/^\{/)) as { databaseUrl: string };
  };

  test('is recovered by the next start, which ends leftover processes and finds all data', async () => {
    const first = await start();
    await sql(first.databaseUrl, 'CREATE TABLE survives ()');
    launcher.child.kill('SIGKILL');
    await launcher.ended;
    expect(await processesMentioning(dataDir)).not.toEqual([]);

    const second = await start();

    expect(launcher.output()).toMatch(/Stopped processes left over from an earlier start: .*postgres/);
    await sql(second.databaseUrl, 'SELECT FROM survives');
    launcher.child.kill('SIGTERM');
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(await processesMentioning(dataDir)).toEqual([]);
  });

  test('starts although postmaster.pid contains the id of an unrelated process', async () => {
    const cluster = (await readdir(join(dataDir, 'postgres'))).find((name) => /^\d+$/.test(name));
    const pidFile = join(dataDir, 'postgres', cluster ?? '', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n`);

    const { databaseUrl } = await start();

    await sql(databaseUrl, 'SELECT 1');
    expect((await readFile(pidFile, 'utf8')).split('\n')[0]).not.toBe(String(process.pid));
  });
});

async function sql(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
