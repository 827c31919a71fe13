import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestNamespace } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { billedActions } from '../support/temporal-actions.ts';

/** Heartbeats are sent after two thirds of this, so a provider that takes longer costs one more action. */
const HEARTBEAT_TIMEOUT_MS = 30_000;

let studio: Studio;
let namespace: string;

beforeAll(async () => {
  namespace = await createTestNamespace();
  studio = await openStudio({
    temporal: { namespace },
    heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    generationTimeoutMs: 60_000,
  });
  await studio.startWorkers();
});
afterAll(() => studio.close());

async function actionsOf(generate: () => Promise<void>): Promise<number> {
  const sum = (actions: Map<string, number>) => [...actions.values()].reduce((total, count) => total + count, 0);
  const before = sum(await billedActions(namespace));
  await generate();
  return sum(await billedActions(namespace)) - before;
}

describe('a delivered avatar', () => {
  it('costs at most five billed Temporal actions', async () => {
    const user = await studio.user();
    const actions = await actionsOf(async () => {
      const { id } = await studio.generate(user, { plan: [SCHNELL] });
      expect((await studio.ended(id)).status).toBe('completed');
    });
    expect(actions).toBeGreaterThan(0);
    expect(actions).toBeLessThanOrEqual(5);
  });

  it('costs at most six billed Temporal actions when the provider takes thirty seconds', async () => {
    const user = await studio.user();
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 30_000 });
    const actions = await actionsOf(async () => {
      const { id } = await studio.generate(user, { plan: [SCHNELL] });
      expect((await studio.ended(id, 50_000)).status).toBe('completed');
    });
    expect(actions).toBeLessThanOrEqual(6);
  });
});
