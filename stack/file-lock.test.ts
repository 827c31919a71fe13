import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, claimHolder, withFileLock } from './file-lock.ts';

describe('the file lock', () => {
  let directory: string;
  let path: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(directory, 'lock');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('is refused while its holder is running, and identifies the holder', async () => {
    expect(await claim(path)).toBe(true);
    expect(await claim(path)).toBe(false);
    expect((await claimHolder(path))?.pid).toBe(process.pid);
  });

  test('is acquired from a holder that has ended, even if its pid is in use again', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot:7' }));
    expect(await claim(path)).toBe(true);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await claim(path)).toBe(false);
  });

  test('is acquired by exactly one of several processes after its holder has ended', async () => {
    for (let round = 0; round < 50; round += 1) {
      const lock = `${path}-${round}`;
      await writeFile(lock, JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot:7' }));
      const won = await Promise.all(Array.from({ length: 12 }, () => claim(lock)));
      expect(won.filter(Boolean)).toHaveLength(1);
    }
  });

  test.each(['null', '{', ''])('is acquired from a file that says %j', async (content) => {
    await writeFile(path, content);
    expect(await claim(path)).toBe(true);
  });

  test('is released when the work fails', async () => {
    const options = { path, timeoutMs: 1_000, signal: new AbortController().signal, waiting: () => undefined };
    await expect(withFileLock(options, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withFileLock(options, async () => 'done')).toBe('done');
  });
});
