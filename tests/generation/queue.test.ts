import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { sharedStack } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

/** Long enough for everybody to stand in queue behind the first image. */
const FIRST_IMAGE_MS = 5_000;

let studio: Studio;

/** One provider's slot: whoever is painted next is what the order is about. */
beforeAll(async () => {
  studio = await openStudio({ slots: { generate: 1, publish: 1 }, wrapProvider: impatient });
  await studio.startWorkers();
});
afterEach(() => studio.replicate.reset());
afterAll(() => studio.close());

/** Asks often, so that an image takes as long as the fake paints it and a line of a hundred passes quickly. */
function impatient(provider: ImageProvider): ImageProvider {
  return {
    ...provider,
    submit: async (...call) => ({ ...(await provider.submit(...call)), pollAfterMs: 0 }),
    async poll(...call) {
      const progress = await provider.poll(...call);
      return progress.state === 'running' ? { ...progress, pollAfterMs: 20 } : progress;
    },
  };
}

/** Keeps the only slot busy while a test fills the queue. */
async function occupySlot(): Promise<void> {
  studio.replicate.script({ on: 'prediction', fault: 'slow', ms: FIRST_IMAGE_MS });
  const somebody = await studio.user();
  await studio.generate(somebody, { plan: [SCHNELL] });
  await until(() => studio.replicate.ledger().length === 1);
}

async function line(user: TestUser, count: number): Promise<string[]> {
  const asked = Array.from({ length: count }, () => studio.generate(user, { plan: [SCHNELL] }));
  return (await Promise.all(asked)).map(({ id }) => id);
}

/** The ids in the order in which the provider got them. */
async function generateInput(ids: string[]): Promise<string[]> {
  const rows = await Promise.all(ids.map((id) => studio.ended(id, 50_000)));
  return rows.toSorted((a, b) => a.processingAt!.getTime() - b.processingAt!.getTime()).map(({ id }) => id);
}

it("starts a pro's generation before twenty waiting free ones", async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  const pro = await studio.user({ tier: 'pro' });
  await occupySlot();
  const waiting = await line(free, 20);
  const [first] = await line(pro, 1);
  const input = await generateInput([...waiting, first!]);
  expect(input[0]).toBe(first);
});

it("does not let one account's many starve another's one", async () => {
  const many = await studio.user({ tier: 'pro', credits: 1_000 });
  const one = await studio.user({ tier: 'pro' });
  await occupySlot();
  const crowd = await line(many, 100);
  const [only] = await line(one, 1);
  const row = await studio.ended(only!, 50_000);
  const rows = await Promise.all(crowd.map((id) => readGeneration(studio.database, id)));
  const between = (at: Date | null | undefined) => at && at > row.pendingAt! && at < row.processingAt!;
  expect(rows.filter((other) => between(other?.processingAt)).length).toBeLessThanOrEqual(5);
  await Promise.all(crowd.map((id) => studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' })));
});

it('moves a waiting one when it is signaled', async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  await occupySlot();
  const waiting = await line(free, 5);
  const [last] = await line(free, 1);
  waiting.push(last!);
  expect(await studio.temporal.generations.setPriority(last!, 1)).toBe(true);
  await until(async () => (await readGeneration(studio.database, last!))?.priority === 1);
  const input = await generateInput(waiting);
  expect(input[0]).toBe(last);
});

it('moves a waiting one when another process signals it by name', async () => {
  const free = await studio.user({ tier: 'free', credits: 1_000 });
  await occupySlot();
  const waiting = await line(free, 5);
  const [last] = await line(free, 1);
  waiting.push(last!);
  const { temporalAddress, temporalNamespace } = sharedStack();
  const script = fileURLToPath(new URL('signal-by-name.ts', import.meta.url));
  const target = [temporalAddress, temporalNamespace, generationWorkflowId(last!), 'setPriority', '1'];
  await promisify(execFile)(process.execPath, [script, ...target]);
  await until(async () => (await readGeneration(studio.database, last!))?.priority === 1);
  expect((await generateInput(waiting))[0]).toBe(last);
});

it('cancels one that waits without asking any provider', async () => {
  const free = await studio.user({ tier: 'free', credits: 10 });
  await occupySlot();
  const [waiting] = await line(free, 1);
  await studio.temporal.generations.cancel(waiting!, { reason: 'changed_mind', by: free.accountId });
  expect(await studio.ended(waiting!)).toMatchObject({ status: 'cancelled', creditsReturned: true, provider: null });
  expect(await studio.credits(free)).toEqual({ posted: 10, held: 0 });
  expect(studio.replicate.ledger()).toHaveLength(1);
});
