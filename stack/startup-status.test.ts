import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStartup } from '#api/startup/read.ts';
import { createBuildSlots } from './build-slots.ts';
import { createProgress } from './progress.ts';
import { createStartupStatus, progressOf } from './startup-status.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'startup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = async (file: string) => (await readStartup(file)({} as never)).body;

test('the API serves what the launcher writes, until generations can run', async () => {
  const file = join(folder, 'status.json');
  let shown = '';
  const status = createStartupStatus(file, () => 0);
  const progress = progressOf(createProgress({ write: (text) => (shown += text) }), status, 'temporal');

  const step = progress.begin('Building temporal-server');
  step.detail('412 packages compiled');
  status.ready('storage');
  await status.written();
  expect(await read(file)).toEqual({
    canGenerate: false,
    parts: [
      { part: 'storage', state: 'ready', detail: null, startedAt: null },
      {
        part: 'temporal',
        state: 'preparing',
        detail: 'Building temporal-server: 412 packages compiled',
        startedAt: '1970-01-01T00:00:00.000Z',
      },
      { part: 'worker', state: 'waiting', detail: null, startedAt: null },
      { part: 'temporal_ui', state: 'waiting', detail: null, startedAt: null },
    ],
  });

  step.done();
  status.ready('temporal');
  status.ready('worker');
  status.unavailable('temporal_ui', 'could not be installed');
  await status.written();
  expect((await read(file)).canGenerate).toBe(true);
  expect(shown).toMatch(/Building temporal-server: done after 0 s/);
});

test('a file that is missing or not the launcher’s says nothing', async () => {
  expect(await read(join(folder, 'missing'))).toEqual({ canGenerate: true, parts: [] });
  expect(await read(import.meta.filename)).toEqual({ canGenerate: true, parts: [] });
  const status = createStartupStatus(join(folder, 'no', 'folder'));
  status.ready('worker');
  await status.written();
});

test('builds run one at a time on two cores, in the order in which they were requested', async () => {
  const slots = createBuildSlots(2);
  const events: string[] = [];
  const build = (name: string) =>
    slots.run(async () => {
      events.push(`${name} begins`);
      await readFile(import.meta.filename);
      events.push(`${name} ends`);
      if (name === 'first') throw new Error('failed');
    });
  await Promise.allSettled(['first', 'second', 'third'].map(build));
  expect(events).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
