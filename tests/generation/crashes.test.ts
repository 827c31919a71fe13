import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestBucket, createTestDatabase, sharedStack, uniqueSuffix } from '../support/stack.ts';
import { openStudio, SCHNELL, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { taskQueues } from '../../domain/task-queue.ts';

const WORKER = fileURLToPath(new URL('../support/crashing-worker.ts', import.meta.url));
/** How soon the server notices that a painter's worker is dead. */
const HEARTBEAT_TIMEOUT_MS = 2_000;
/** A dead worker's workflow task is given to the next one after ten seconds, and its step is run again after that. */
const RECOVERY_MS = 50_000;

/** Every side effect on the way to an avatar, in order. */
const EFFECTS = [
  'ledger.reserve',
  'generations.progress',
  'attempts.begin',
  'attempts.submitting',
  'submit',
  'attempts.storeExternalId',
  'write:staging',
  'write:image',
  'write:thumb',
  'ledger.record',
  'remove',
];
const PLACES = [...EFFECTS.flatMap((effect) => [`before:${effect}`, `after:${effect}`]), 'after:poll'];

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'avatar-crash-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface CrashWorld {
  readonly studio: Studio;
  /** Starts a worker process that dies at the place, once. */
  startWorker(): Promise<ChildProcess>;
  close(): Promise<void>;
}

async function openCrashWorld(place: string): Promise<CrashWorld> {
  const suffix = `-${uniqueSuffix()}`;
  const [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  const studio = await openStudio({ database, storage, world: { suffix } });
  const { temporalAddress, temporalNamespace } = sharedStack();
  const children: ChildProcess[] = [];
  return {
    studio,
    async startWorker() {
      const child = spawn(process.execPath, [WORKER], {
        stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'inherit'],
        env: {
          PATH: process.env.PATH,
          CRASH_AT: place,
          CRASH_MARKER: path.join(scratch, suffix),
          DATABASE_URL: database.url,
          DATABASE_POOL_SIZE: '5',
          TASK_QUEUE_SUFFIX: suffix,
          TEMPORAL_ADDRESS: temporalAddress,
          TEMPORAL_NAMESPACE: temporalNamespace,
          GCS_BUCKET: storage.bucket,
          GCS_ENDPOINT: storage.endpoint,
          GCS_CLIENT_EMAIL: storage.clientEmail,
          GCS_PRIVATE_KEY_FILE: storage.privateKeyFile,
          REPLICATE_API_TOKEN: studio.replicate.token,
          REPLICATE_BASE_URL: studio.replicate.url,
          HEARTBEAT_TIMEOUT_MS: String(HEARTBEAT_TIMEOUT_MS),
          METRICS_PORT: '0',
        },
      });
      children.push(child);
      return child;
    },
    async close() {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await studio.world.client.schedule
        .getHandle(`reconciler-${taskQueues(suffix).workflows}`)
        .delete()
        .catch(() => undefined);
      await studio.close();
      await database.drop();
    },
  };
}

describe.concurrent('a worker killed by -9', () => {
  it.each(PLACES)(
    '%s: charged once, one paid prediction, nothing orphaned',
    async (place) => {
      const world = await openCrashWorld(place);
      try {
        const { studio } = world;
        const person = await studio.person({ credits: 10 });
        const first = await world.startWorker();
        const id = await studio.writeDown(person, { plan: [SCHNELL] });
        const asked = studio.admit(id);
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${place}`, timeoutMs: RECOVERY_MS });
        await world.startWorker();
        await asked;
        // No verdict within three seconds: the API would have written "accepted" here, and the same start is sent again.
        await studio.admit(id);
        expect((await studio.ended(id, RECOVERY_MS)).status).toBe('completed');
        expect(await studio.credits(person)).toEqual({ posted: 0, held: 0 });
        expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
        expect(studio.replicate.ledger()).toHaveLength(1);
        expect(await studio.store.list(`avatars/${person.accountId}/`)).toHaveLength(2);
        expect(await studio.violations()).toEqual([]);
      } finally {
        await world.close();
      }
    },
    2 * RECOVERY_MS,
  );

  it.each(['before:ledger.release', 'after:ledger.release'])(
    '%s: the credits come back once',
    async (place) => {
      const world = await openCrashWorld(place);
      try {
        const { studio } = world;
        const person = await studio.person({ credits: 10 });
        studio.replicate.script({ on: 'prediction', fault: 'nsfw' });
        const first = await world.startWorker();
        const { id } = await studio.ask(person, { plan: [SCHNELL] });
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${place}`, timeoutMs: RECOVERY_MS });
        await world.startWorker();
        expect(await studio.ended(id, RECOVERY_MS)).toMatchObject({ status: 'failed', creditsReturned: true });
        await until(
          () =>
            studio.world.client.workflow
              .getHandle(`generation-${id}`)
              .describe()
              .then(({ status }) => status.name !== 'RUNNING'),
          { timeoutMs: RECOVERY_MS },
        );
        expect(await studio.credits(person)).toEqual({ posted: 10, held: 0 });
        expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
        expect(await studio.objects()).toEqual([]);
      } finally {
        await world.close();
      }
    },
    2 * RECOVERY_MS,
  );
});
