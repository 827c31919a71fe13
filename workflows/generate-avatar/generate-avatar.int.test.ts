import { randomUUID } from 'node:crypto';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StagedImage } from '#activities/activity-types.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import {
  admission,
  admitted,
  calls,
  plan,
  released,
  saved,
  scriptedActivities,
  scripts,
  staged,
  type Script,
} from '#tests/support/scripted-activities.ts';
import { openTemporalEnvironment, type TemporalEnvironment } from '#tests/support/temporal-environment.ts';
import { until } from '#tests/support/until.ts';
import type { generateAvatar } from './generate-avatar.ts';
import { cancel, setPriority, status } from './messages.ts';

let temporal: TemporalEnvironment;

beforeAll(async () => {
  temporal = await openTemporalEnvironment();
  await temporal.startWorkers(scriptedActivities());
});
afterAll(() => temporal.close());

async function start(script: Script, sourceType: 'text_to_image' | 'upload' = 'text_to_image') {
  const generationId = randomUUID();
  scripts.set(generationId, script);
  const outcome = await temporal.generations.admit({
    generationId,
    admissionNumber: 0,
    accountId: randomUUID(),
    projectId: randomUUID(),
    tier: 'free',
    sourceType,
    priority: 4,
  });
  const handle: WorkflowHandle<typeof generateAvatar> = temporal.client.workflow.getHandle(
    generationWorkflowId(generationId),
  );
  const heard = () => calls.get(generationId) ?? [];
  return { generationId, outcome, handle, heard, release: () => released.get(generationId) };
}

/** Waits like a provider that never answers, but hears a cancel. */
async function generateForever(): Promise<StagedImage> {
  await Context.current().cancelled;
  return staged;
}

function failing(type: string): () => Promise<never> {
  return () => Promise.reject(ApplicationFailure.nonRetryable('scripted', type));
}

async function closedAs(handle: WorkflowHandle<typeof generateAvatar>): Promise<string> {
  await handle.result().catch(() => undefined);
  return (await handle.describe()).status.name;
}

describe('generateAvatar', () => {
  it('admits, paints, saves and records, and says so to the caller before it paints', async () => {
    const { outcome, handle, heard } = await start({});
    expect(outcome).toEqual({ kind: 'admitted' });
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'generate replicate', 'save', 'record']);
  });

  it('publishes an upload without painting', async () => {
    const { handle, heard } = await start(
      { admit: async () => ({ ...admitted, admission: { ...admission, plan: [], staged } }) },
      'upload',
    );
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'save', 'record']);
  });

  it('ends at once after a refusal and tells the caller why', async () => {
    const refusal = { kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 } as const;
    const { outcome, handle, heard } = await start({ admit: async () => ({ outcome: refusal, admission: null }) });
    expect(outcome).toEqual(refusal);
    expect(await handle.result()).toBe('refused');
    expect(heard()).toEqual(['admit']);
  });

  it('answers a second caller with the same outcome and starts nothing twice', async () => {
    const { generationId, handle, heard } = await start({ generateImage: generateForever });
    const again = await temporal.generations.admit({
      generationId,
      admissionNumber: 0,
      accountId: randomUUID(),
      projectId: randomUUID(),
      tier: 'free',
      sourceType: 'text_to_image',
      priority: 4,
    });
    expect(again).toEqual({ kind: 'admitted' });
    expect(heard().filter((what) => what === 'admit')).toHaveLength(1);
    await handle.signal(cancel, { reason: 'test', by: 'test' });
    await closedAs(handle);
  });

  it('asks the next provider when one is down', async () => {
    const { handle, heard } = await start({
      generateImage: async ({ provider }) => (provider === 'replicate' ? failing('insufficient_funds')() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'generate replicate', 'generate illustrator', 'save', 'record']);
    const { attempts } = await handle.query(status);
    expect(attempts.map(({ failure }) => failure)).toEqual(['insufficient_funds', null]);
  });

  it('does not ask the other models of a provider that is down', async () => {
    const twoModels = [plan[0], { provider: 'replicate', model: 'black-forest-labs/flux-dev' }, plan[1]] as const;
    const { handle, heard } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, plan: [...twoModels] } }),
      generateImage: async ({ provider }) => (provider === 'replicate' ? failing('auth')() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'generate replicate', 'generate illustrator', 'save', 'record']);
  });

  it('asks the next provider when the image arrived damaged', async () => {
    let saves = 0;
    const { handle, heard } = await start({
      saveImage: async () => (saves++ === 0 ? failing('corrupt_image')() : saved),
    });
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'generate replicate', 'save', 'generate illustrator', 'save', 'record']);
  });

  it('releases and cleans up when every provider is down', async () => {
    const { handle, heard, release } = await start({ generateImage: failing('auth') });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toMatchObject({ outcome: 'failed', failure: 'providers_unavailable' });
    expect(heard().slice(-2)).toEqual(['release failed', 'abandon']);
  });

  it('shops for no laxer provider after a refused prompt', async () => {
    const { handle, heard, release } = await start({ generateImage: failing('moderated') });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(heard()).not.toContain('generate illustrator');
    expect(release()).toMatchObject({ failure: 'prompt_rejected' });
  });

  it('saves on the publish queue when the bucket does not answer at once', async () => {
    let saves = 0;
    const { handle, heard } = await start({
      saveImage: async () => {
        if (saves++ === 0) throw new Error('bucket away');
        return saved;
      },
    });
    expect(await handle.result()).toBe('completed');
    expect(heard().filter((what) => what === 'save')).toHaveLength(2);
  });

  it('goes on with the same provider when a run is lost, and counts no runs', async () => {
    let runs = 0;
    const { handle, heard } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, heartbeatTimeoutMs: 500 } }),
      generateImage: async () => (runs++ === 0 ? generateForever() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(heard()).toEqual(['admit', 'generate replicate', 'generate replicate', 'save', 'record']);
    const { events } = await handle.fetchHistory();
    const scheduled = events?.map((event) => event.activityTaskScheduledEventAttributes).find((found) => found);
    expect(scheduled?.retryPolicy?.maximumAttempts).toBe(0);
  });

  it('gives the credits back at the deadline', async () => {
    const { handle, release } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, deadlineMs: 1_500 } }),
      generateImage: generateForever,
    });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toMatchObject({ outcome: 'failed', failure: 'deadline' });
  });

  it('cancels promptly while a provider works, whatever the provider says', async () => {
    const { handle, heard, release } = await start({ generateImage: generateForever });
    await until(() => heard().includes('generate replicate'));
    await handle.signal(cancel, { reason: 'changed_mind', by: 'account-1' });
    expect(await handle.result()).toBe('cancelled');
    expect(release()).toMatchObject({ outcome: 'cancelled', cancel: { reason: 'changed_mind', by: 'account-1' } });
    expect(heard().filter((what) => what.startsWith('release'))).toHaveLength(1);
  });

  it("obeys Temporal's own cancel", async () => {
    const { handle, heard, release } = await start({ generateImage: generateForever });
    await until(() => heard().includes('generate replicate'));
    await handle.cancel();
    expect(await closedAs(handle)).toBe('CANCELLED');
    expect(release()).toMatchObject({ outcome: 'cancelled', cancel: { by: 'operator' } });
  });

  it('stays completed when the cancel comes after the point of no return', async () => {
    let recorded = false;
    const { handle, heard } = await start({
      recordAvatar: async () => {
        recorded = true;
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { kind: 'recorded' };
      },
      // The server makes the workflow look at the signal first and run the step again: the ledger says who had won.
      release: () => ({ status: recorded ? 'completed' : 'cancelled' }),
    });
    await until(() => heard().includes('record'));
    await handle.signal(cancel, { reason: 'too_late', by: 'account-1' });
    expect(await handle.result()).toBe('completed');
  });

  it('cleans up after itself when somebody else settled the generation first', async () => {
    const { handle, heard } = await start({ recordAvatar: async () => ({ kind: 'lost' }) });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(heard().slice(-2)).toEqual(['release failed', 'abandon']);
  });

  it('passes a new priority on and ignores nonsense', async () => {
    const { handle, heard } = await start({ generateImage: generateForever });
    await until(() => heard().includes('generate replicate'));
    await handle.signal(setPriority, 9);
    await handle.signal(setPriority, 1);
    await until(() => heard().includes('priority 1'));
    expect((await handle.query(status)).priority).toBe(1);
    expect(heard()).not.toContain('priority 9');
    await handle.signal(cancel, { reason: 'test', by: 'test' });
    await closedAs(handle);
  });

  it('tries the clean-up again on the publish queue, and closes all the same when it can not be done', async () => {
    let tries = 0;
    const { handle, release } = await start({
      generateImage: failing('moderated'),
      abandon: async () => {
        tries += 1;
        if (tries < 3) throw new Error('bucket away');
      },
    });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toBeDefined();
    expect(tries).toBe(3);
  });

  it('makes a generation that can not be admitted final', async () => {
    const { outcome, handle, release } = await start({
      admit: () => Promise.reject(ApplicationFailure.nonRetryable('scripted', 'internal')),
    });
    expect(outcome).toEqual({ kind: 'settled', status: 'failed' });
    expect(await handle.result()).toBe('settled');
    expect(release()).toMatchObject({ failure: 'admission_unavailable' });
  });
});
