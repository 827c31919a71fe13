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
  const callsMade = () => calls.get(generationId) ?? [];
  return { generationId, outcome, handle, callsMade, release: () => released.get(generationId) };
}

/** Like a provider that never answers; ends when the activity is cancelled. */
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
  it('admits, generates, saves and records, and returns the admission before the image is generated', async () => {
    const { outcome, handle, callsMade } = await start({});
    expect(outcome).toEqual({ kind: 'admitted' });
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'generate replicate', 'save', 'record']);
  });

  it('publishes an upload without calling a provider', async () => {
    const { handle, callsMade } = await start(
      { admit: async () => ({ ...admitted, admission: { ...admission, plan: [], staged } }) },
      'upload',
    );
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'save', 'record']);
  });

  it('closes at once after a refusal and returns its reason to the caller', async () => {
    const refusal = { kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 } as const;
    const { outcome, handle, callsMade } = await start({ admit: async () => ({ outcome: refusal, admission: null }) });
    expect(outcome).toEqual(refusal);
    expect(await handle.result()).toBe('refused');
    expect(callsMade()).toEqual(['admit']);
  });

  it('returns the same outcome to a second caller and starts nothing twice', async () => {
    const { generationId, handle, callsMade } = await start({ generateImage: generateForever });
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
    expect(callsMade().filter((call) => call === 'admit')).toHaveLength(1);
    await handle.signal(cancel, { reason: 'test', by: 'test' });
    await closedAs(handle);
  });

  it('falls back to the next provider when one is unavailable', async () => {
    const { handle, callsMade } = await start({
      generateImage: async ({ provider }) => (provider === 'replicate' ? failing('insufficient_funds')() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'generate replicate', 'generate illustrator', 'save', 'record']);
    const { attempts } = await handle.query(status);
    expect(attempts.map(({ failure }) => failure)).toEqual(['insufficient_funds', null]);
  });

  it('skips the other models of an unavailable provider', async () => {
    const twoModels = [plan[0], { provider: 'replicate', model: 'black-forest-labs/flux-dev' }, plan[1]] as const;
    const { handle, callsMade } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, plan: [...twoModels] } }),
      generateImage: async ({ provider }) => (provider === 'replicate' ? failing('auth')() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'generate replicate', 'generate illustrator', 'save', 'record']);
  });

  it('falls back to the next provider when the image is corrupt', async () => {
    let saves = 0;
    const { handle, callsMade } = await start({
      saveImage: async () => (saves++ === 0 ? failing('corrupt_image')() : saved),
    });
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'generate replicate', 'save', 'generate illustrator', 'save', 'record']);
  });

  it('releases the hold and discards objects when every provider is unavailable', async () => {
    const { handle, callsMade, release } = await start({ generateImage: failing('auth') });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toMatchObject({ outcome: 'failed', failure: 'providers_unavailable' });
    expect(callsMade().slice(-2)).toEqual(['release failed', 'abandon']);
  });

  it('does not fall back after a provider rejected the prompt', async () => {
    const { handle, callsMade, release } = await start({ generateImage: failing('moderated') });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(callsMade()).not.toContain('generate illustrator');
    expect(release()).toMatchObject({ failure: 'prompt_rejected' });
  });

  it('saves on the publish queue when the local activity fails', async () => {
    let saves = 0;
    const { handle, callsMade } = await start({
      saveImage: async () => {
        if (saves++ === 0) throw new Error('bucket unavailable');
        return saved;
      },
    });
    expect(await handle.result()).toBe('completed');
    expect(callsMade().filter((call) => call === 'save')).toHaveLength(2);
  });

  it('retries the same provider when a worker is lost, without a limit of attempts', async () => {
    let runs = 0;
    const { handle, callsMade } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, heartbeatTimeoutMs: 500 } }),
      generateImage: async () => (runs++ === 0 ? generateForever() : staged),
    });
    expect(await handle.result()).toBe('completed');
    expect(callsMade()).toEqual(['admit', 'generate replicate', 'generate replicate', 'save', 'record']);
    const { events } = await handle.fetchHistory();
    const scheduled = events?.map((event) => event.activityTaskScheduledEventAttributes).find((found) => found);
    expect(scheduled?.retryPolicy?.maximumAttempts).toBe(0);
  });

  it('releases the hold at the deadline', async () => {
    const { handle, release } = await start({
      admit: async () => ({ ...admitted, admission: { ...admission, deadlineMs: 1_500 } }),
      generateImage: generateForever,
    });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toMatchObject({ outcome: 'failed', failure: 'deadline' });
  });

  it('cancels at once while a provider works, whether or not the provider answers', async () => {
    const { handle, callsMade, release } = await start({ generateImage: generateForever });
    await until(() => callsMade().includes('generate replicate'));
    await handle.signal(cancel, { reason: 'changed_mind', by: 'account-1' });
    expect(await handle.result()).toBe('cancelled');
    expect(release()).toMatchObject({ outcome: 'cancelled', cancel: { reason: 'changed_mind', by: 'account-1' } });
    expect(callsMade().filter((what) => what.startsWith('release'))).toHaveLength(1);
  });

  it("releases the hold after Temporal's own cancel", async () => {
    const { handle, callsMade, release } = await start({ generateImage: generateForever });
    await until(() => callsMade().includes('generate replicate'));
    await handle.cancel();
    expect(await closedAs(handle)).toBe('CANCELLED');
    expect(release()).toMatchObject({ outcome: 'cancelled', cancel: { by: 'operator' } });
  });

  it('stays completed when the cancel arrives after the point of no return', async () => {
    let recorded = false;
    const { handle, callsMade } = await start({
      recordAvatar: async () => {
        recorded = true;
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { kind: 'recorded' };
      },
      // The server delivers the signal first and runs the step again; the ledger decides which of the two came first.
      release: () => ({ status: recorded ? 'completed' : 'cancelled' }),
    });
    await until(() => callsMade().includes('record'));
    await handle.signal(cancel, { reason: 'too_late', by: 'account-1' });
    expect(await handle.result()).toBe('completed');
  });

  it('discards its objects when another process settled the generation first', async () => {
    const { handle, callsMade } = await start({ recordAvatar: async () => ({ kind: 'lost' }) });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(callsMade().slice(-2)).toEqual(['release failed', 'abandon']);
  });

  it('passes a new priority on and ignores an invalid one', async () => {
    const { handle, callsMade } = await start({ generateImage: generateForever });
    await until(() => callsMade().includes('generate replicate'));
    await handle.signal(setPriority, 9);
    await handle.signal(setPriority, 1);
    await until(() => callsMade().includes('priority 1'));
    expect((await handle.query(status)).priority).toBe(1);
    expect(callsMade()).not.toContain('priority 9');
    await handle.signal(cancel, { reason: 'test', by: 'test' });
    await closedAs(handle);
  });

  it('retries the discard on the publish queue, and closes even if it keeps failing', async () => {
    let tries = 0;
    const { handle, release } = await start({
      generateImage: failing('moderated'),
      abandon: async () => {
        tries += 1;
        if (tries < 3) throw new Error('bucket unavailable');
      },
    });
    expect(await closedAs(handle)).toBe('FAILED');
    expect(release()).toBeDefined();
    expect(tries).toBe(3);
  });

  it('makes a generation final when its admission fails', async () => {
    const { outcome, handle, release } = await start({
      admit: () => Promise.reject(ApplicationFailure.nonRetryable('scripted', 'internal')),
    });
    expect(outcome).toEqual({ kind: 'settled', status: 'failed' });
    expect(await handle.result()).toBe('settled');
    expect(release()).toMatchObject({ failure: 'admission_unavailable' });
  });
});
