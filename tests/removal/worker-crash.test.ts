import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAvatars } from '#drizzle/queries/avatars/avatar-bulk.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { createObjectRemoval } from '#temporal/client/object-removal.ts';
import {
  createTestBucket,
  createTestDatabase,
  sharedStack,
  uniqueSuffix,
  type TestDatabase,
  storageEnvironment,
} from '../support/stack.ts';
import { collectLog } from '../support/collected-logs.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';

const WORKER = fileURLToPath(new URL('../support/crashing-worker.ts', import.meta.url));
/** The heartbeat timeout of 45 seconds passes before the next worker continues the removal. */
const RECOVERY_MS = 100_000;
const AVATARS = 3;

const suffix = `-${uniqueSuffix()}`;
const children: ChildProcess[] = [];
let scratch: string;
let urls: TestDatabase;
let storage: Awaited<ReturnType<typeof createTestBucket>>;
let studio: Studio;
beforeAll(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), 'avatar-removal-'));
  [urls, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  studio = await openStudio({ database: urls, storage, temporal: { suffix } });
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await studio.close();
  await urls.drop();
  rmSync(scratch, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const { temporalAddress, temporalNamespace } = sharedStack();
  const child = spawn(process.execPath, [WORKER], {
    stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ...COMPILE_CACHE,
      CRASH_AT: 'before:objectRemoval.mark',
      CRASH_MARKER: path.join(scratch, 'crashed'),
      DATABASE_URL: urls.workerUrl,
      DATABASE_POOL_SIZE: '5',
      TASK_QUEUE_SUFFIX: suffix,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: temporalNamespace,
      ...storageEnvironment(storage),
      METRICS_PORT: '0',
    },
  });
  const collect = collectLog('crashing-worker');
  child.stdout?.on('data', (text: Buffer) => collect(text.toString()));
  children.push(child);
  return child;
}

it(
  'an object removal whose worker is killed between the objects and their rows is finished by the next worker',
  async () => {
    const user = await studio.user({ credits: 100 });
    const workers = await studio.startWorkers();
    for (let count = 0; count < AVATARS; count += 1) await studio.ended((await studio.generate(user)).id);
    await until(async () => (await studio.objects()).length === AVATARS * 2);
    await workers.stop();

    const { items } = await listAvatars(studio.database, user.accountId, {}, { limit: 10 });
    const ids = items.map(({ id }) => id);
    expect(await changeAvatars(studio.database, user.accountId, { action: 'delete', ids })).toBe(AVATARS);
    const crashing = startWorker();
    expect(await createObjectRemoval(studio.temporal).request({ accountId: user.accountId })).toBe(true);
    await until(() => crashing.signalCode === 'SIGKILL', { timeoutMs: RECOVERY_MS, what: 'the crash' });
    startWorker();
    const workflow = studio.temporal.client.workflow.getHandle(`remove-objects-${user.accountId}`);
    expect(await workflow.result()).toBe(AVATARS * 2);
    expect(await studio.objects()).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  },
  2 * RECOVERY_MS,
);
