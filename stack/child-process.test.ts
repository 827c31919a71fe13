import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '#tests/support/until.ts';
import { processesMentioning } from '#tests/support/processes.ts';
import { startChild } from './child-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avatar-child-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.runIf(process.platform === 'linux')('kill9 also kills children that are just being started', async () => {
  const seconds = `60.${randomInt(1e9)}`;
  // Each in a session of its own, as Postgres' backends are.
  const child = await startChild(
    {
      name: 'parent',
      command: 'sh',
      args: ['-c', `while :; do setsid sleep ${seconds} & sleep 0.001; done`],
      env: process.env,
    },
    join(folder, 'parent.log'),
  );
  const running = () => processesMentioning(seconds);
  await until(async () => (await running()).length > 5);
  await child.kill9();
  expect(await running()).toEqual([]);
});
