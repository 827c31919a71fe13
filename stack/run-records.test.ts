import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify } from './process-identity.ts';
import { createRunRecords } from './run-records.ts';

describe('a process left over from a killed launcher', () => {
  let directory: string;
  let child: ChildProcess;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'records-'));
    child = spawn('sleep', ['60']);
    await once(child, 'spawn');
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });
  const pid = (): number => child.pid ?? 0;

  test('is stopped by the next launcher, and its record is removed', async () => {
    const ended = once(child, 'exit');
    await createRunRecords(directory).add('server', pid(), 'SIGTERM');

    expect(await createRunRecords(directory).endLeftovers()).toEqual(['server']);

    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(await readdir(directory)).toEqual([]);
  });

  test('is not stopped when its pid belongs to another process', async () => {
    await createRunRecords(directory).add('server', pid(), 'SIGTERM');
    const path = join(directory, 'server.json');
    const record = JSON.parse(await readFile(path, 'utf8')) as { startedAt: string };
    await writeFile(path, JSON.stringify({ ...record, startedAt: 'another boot:1' }));

    expect(await createRunRecords(directory).endLeftovers()).toEqual([]);

    expect(await identify(pid())).toBeDefined();
    expect(await readdir(directory)).toEqual([]);
  });

  test('is ignored when its record is incomplete or it has ended', async () => {
    await createRunRecords(directory).add('gone', pid(), 'SIGTERM');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(join(directory, 'half.json'), '{"pid": 1');
    await writeFile(
      join(directory, 'init.json'),
      '{"pid": 1, "startedAt": "x", "name": "init", "stopSignal": "SIGTERM"}',
    );

    expect(await createRunRecords(directory).endLeftovers()).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });
});
