import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { readLongRun } from '../support/long-run.ts';
import { sharedStack } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

/** As many as the pool of this process has connections. */
const ENQUEUED_AT_ONCE = 20;
/** Generations that wait before the one of interest, and those of one account. */
const CROWD = readLongRun('matrices') ? { ahead: 20, ofOne: 100 } : { ahead: 8, ofOne: 30 };
/** Temporal's queue learns a new priority milliseconds after the call that sets it. What could tell, its statistics, is 5 s old. */
const QUEUE_DELAY_MS = 2_500;
/** Whether the provider's images never become ready. */
let held = false;
let studio: Studio;

/** A single slot, so that the order of generations shows. */
beforeAll(async () => {
  studio = await openStudio({ slots: { generate: 1, publish: 1 }, wrapProvider: holdImages });
  await studio.startWorkers();
});
afterEach(() => {
  freeSlot();
  studio.replicate.reset();
});
afterAll(() => studio.close());

function holdImages(provider: ImageProvider): ImageProvider {
  return {
    ...provider,
    poll: async (...job) => (held ? { state: 'running', pollAfterMs: 20 } : provider.poll(...job)),
  };
}

/** Keeps the only slot busy until {@link freeSlot}, while a test fills the queue. */
async function occupySlot(): Promise<void> {
  held = true;
  const user = await studio.user();
  const { id } = await studio.generate(user, { plan: [SCHNELL] });
  // Not how many requests the provider has: a generation that the test before canceled may have sent one as well.
  await until(async () => (await readGeneration(studio.database, id))?.status === 'processing', {
    what: 'the generation in the only slot',
  });
}

function freeSlot(): void {
  held = false;
}

/** Waits until the row and Temporal's queue have the new priority. */
async function movedTo(priority: number, id: string): Promise<void> {
  await until(async () => (await readGeneration(studio.database, id))?.priority === priority);
  await sleep(QUEUE_DELAY_MS);
}

async function enqueue(user: TestUser, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const more = Math.min(ENQUEUED_AT_ONCE, count - ids.length);
    const admissions = Array.from({ length: more }, () => studio.generate(user, { plan: [SCHNELL] }));
    ids.push(...(await Promise.all(admissions)).map(({ id }) => id));
  }
  return ids;
}

/** The ids in the order in which the provider received them. */
async function byStart(ids: string[]): Promise<string[]> {
  const rows = await Promise.all(ids.map((id) => studio.ended(id)));
  return rows.toSorted((a, b) => a.processingAt!.getTime() - b.processingAt!.getTime()).map(({ id }) => id);
}

it(`the queue starts a pro's generation before ${CROWD.ahead} waiting free ones`, async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  const pro = await studio.user({ tier: 'pro' });
  await occupySlot();
  const waiting = await enqueue(free, CROWD.ahead);
  const [first] = await enqueue(pro, 1);
  freeSlot();
  const started = await byStart([...waiting, first!]);
  expect(started[0]).toBe(first);
});

it(`the queue does not let one account's ${CROWD.ofOne} generations starve another's single one`, async () => {
  const many = await studio.user({ tier: 'pro', credits: 1_000 });
  const few = await studio.user({ tier: 'pro' });
  await occupySlot();
  const crowd = await enqueue(many, CROWD.ofOne);
  const [only] = await enqueue(few, 1);
  freeSlot();
  const row = await studio.ended(only!);
  const rows = [];
  for (const id of crowd) rows.push(await readGeneration(studio.database, id));
  const between = (at: Date | null | undefined) => at && at > row.pendingAt! && at < row.processingAt!;
  expect(rows.filter((other) => between(other?.processingAt)).length).toBeLessThanOrEqual(5);
  for (const id of crowd) await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
  await Promise.all(crowd.map((id) => studio.ended(id)));
});

it('the queue moves a waiting generation when it receives setPriority', async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  await occupySlot();
  const waiting = await enqueue(free, 5);
  const [last] = await enqueue(free, 1);
  waiting.push(last!);
  expect(await studio.temporal.generations.setPriority(last!, 1)).toBe(true);
  await movedTo(1, last!);
  freeSlot();
  const started = await byStart(waiting);
  expect(started[0]).toBe(last);
});

it('the queue moves a waiting generation when another process signals it by name', async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  await occupySlot();
  const waiting = await enqueue(free, 5);
  const [last] = await enqueue(free, 1);
  waiting.push(last!);
  const { temporalAddress, temporalNamespace } = sharedStack();
  const script = fileURLToPath(new URL('signal-by-name.ts', import.meta.url));
  const target = [temporalAddress, temporalNamespace, generationWorkflowId(last!), 'setPriority', '1'];
  await promisify(execFile)(process.execPath, [script, ...target]);
  await movedTo(1, last!);
  freeSlot();
  expect((await byStart(waiting))[0]).toBe(last);
});

it('the queue cancels a waiting generation without a call to any provider', async () => {
  const free = await studio.user({ tier: 'free', credits: 10 });
  await occupySlot();
  const [waiting] = await enqueue(free, 1);
  await studio.temporal.generations.cancel(waiting!, { reason: 'changed_mind', by: free.accountId });
  expect(await studio.ended(waiting!)).toMatchObject({ status: 'cancelled', creditsReturned: true, provider: null });
  expect(await studio.credits(free)).toEqual({ posted: 10, held: 0 });
  expect(studio.replicate.ledger()).toHaveLength(1);
});
