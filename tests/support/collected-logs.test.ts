import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CANARY } from './canaries.ts';
import { checkCollectedLogs } from './collected-logs.ts';

const PART_BYTES = 2 ** 24;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avatar-logs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('finds what no log may contain where two parts of a large log meet', async () => {
  await writeFile(join(folder, 'a.log'), '.'.repeat(PART_BYTES - CANARY.length / 2) + CANARY);
  await expect(checkCollectedLogs(folder, [])).rejects.toThrow(/a\.log contains\n {2}canary: \.+kolibriwald$/u);
});

it('removes the folder of logs without it', async () => {
  await writeFile(join(folder, 'a.log'), '.'.repeat(PART_BYTES + 1));
  await checkCollectedLogs(folder, ['a password']);
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});
