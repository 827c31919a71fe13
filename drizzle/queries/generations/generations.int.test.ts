import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import {
  admitted,
  anAvatar,
  aGenerationRequest,
  DEADLINE_MS,
  newTenant,
  requested,
} from '#tests/support/database/world.ts';
import { markAccepted, markCancelRequested, markProcessing, markRefused, setPriority } from './generation-progress.ts';
import { deleteUnansweredGenerations, listOverdue, listStale, listUnstarted } from './generation-sweep.ts';
import { insertGeneration, listGenerations, listLive, readGeneration, readOwnGeneration } from './generations.ts';

const fixture = useDatabase();
const at = (olderThanMs: number) => ({ olderThanMs, limit: 100 });

describe('a request', () => {
  it('is written once, however often it is sent', async () => {
    const input = aGenerationRequest(await newTenant(fixture.database));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => insertGeneration(fixture.database, input)));
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'exists')).toHaveLength(7);
    expect(await readGeneration(fixture.database, input.id)).toMatchObject({
      status: 'requested',
      stage: 'admitting',
      version: 1,
      request: input.request,
      plan: input.plan,
      seed: 4_294_967_295,
      admissionNumber: 0,
      refusal: null,
      failure: null,
    });
  });

  it('is not written into a project that is missing or somebody else’s', async () => {
    const [mine, theirs] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    for (const projectId of [theirs.projectId, randomUUID()]) {
      expect(await insertGeneration(fixture.database, aGenerationRequest(mine, { projectId }))).toEqual({
        kind: 'no_project',
      });
    }
  });

  it('is absent for everybody else', async () => {
    const [mine, theirs] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const { id } = await requested(fixture.database, mine);
    expect(await readOwnGeneration(fixture.database, mine.account.id, id)).toBeDefined();
    expect(await readOwnGeneration(fixture.database, theirs.account.id, id)).toBeUndefined();
  });

  it('keeps the reason of a refusal and counts admissions once per number', async () => {
    const { id } = await requested(fixture.database, await newTenant(fixture.database));
    const refused = { id, admissionNumber: 0, refusal: 'daily_limit' } as const;
    expect(await markRefused(fixture.database, refused)).toBe(1);
    expect(await markRefused(fixture.database, refused)).toBe(1);
    expect(await markRefused(fixture.database, { ...refused, admissionNumber: 1 })).toBe(2);
    expect(await readGeneration(fixture.database, id)).toMatchObject({ refusal: 'daily_limit', status: 'requested' });
    await reserve(fixture.database, { generationId: id, deadlineMs: DEADLINE_MS });
    expect(await markRefused(fixture.database, { ...refused, admissionNumber: 2 })).toBeUndefined();
  });
});

describe('progress', () => {
  it('is told stage by stage, with times and a rising version', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    const generating = { stage: 'generating', provider: 'replicate', model: 'flux' } as const;
    expect(await markProcessing(fixture.database, id, generating)).toBe(true);
    expect(await markProcessing(fixture.database, id, generating)).toBe(true);
    const first = (await readGeneration(fixture.database, id))!;
    expect(first).toMatchObject({ status: 'processing', ...generating, version: 3, savingAt: null });
    expect(await markProcessing(fixture.database, id, { stage: 'saving' })).toBe(true);
    const second = (await readGeneration(fixture.database, id))!;
    expect(second).toMatchObject({
      stage: 'saving',
      provider: 'replicate',
      version: 4,
      processingAt: first.processingAt,
    });
    expect(second.savingAt).toBeInstanceOf(Date);
  });

  it('is refused to whoever works on what is over or was never admitted', async () => {
    const tenant = await newTenant(fixture.database);
    const over = await admitted(fixture.database, tenant);
    await release(fixture.database, { generationId: over.id, status: 'cancelled' });
    const input = await requested(fixture.database, tenant);
    for (const id of [over.id, input.id, randomUUID()]) {
      expect(await markProcessing(fixture.database, id, { stage: 'generating' })).toBe(false);
    }
  });

  it('moves waiting ones between levels and leaves others alone', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    expect(await setPriority(fixture.database, id, 2)).toBe(true);
    expect(await setPriority(fixture.database, id, 2)).toBe(true);
    expect(await readGeneration(fixture.database, id)).toMatchObject({ priority: 2, version: 3 });
    await markProcessing(fixture.database, id, { stage: 'generating' });
    expect(await setPriority(fixture.database, id, 5)).toBe(false);
  });

  it('keeps the first reason of a cancel and says nothing about what is over', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    await markCancelRequested(fixture.database, id, 'changed my mind');
    await markCancelRequested(fixture.database, id, 'again');
    expect(await readGeneration(fixture.database, id)).toMatchObject({
      cancelReason: 'changed my mind',
      status: 'pending',
    });
    await release(fixture.database, { generationId: id, status: 'cancelled', by: 'user' });
    const { version } = (await readGeneration(fixture.database, id))!;
    await markCancelRequested(fixture.database, id, 'late');
    expect((await readGeneration(fixture.database, id))!.version).toBe(version);
  });
});

describe('the list', () => {
  it('pages through all, newest first, each once, also while new ones come', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.unshift((await admitted(fixture.database, tenant)).id);
    const seen: string[] = [];
    let after: { createdAt: Date; id: string } | undefined;
    for (;;) {
      const page = await listGenerations(fixture.database, tenant.account.id, {}, { limit: 3, after });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
      await admitted(fixture.database, tenant);
    }
    expect(seen).toEqual(ids);
  });

  it('filters by status and project, counts all, and hides requests that nobody was told about', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const other = await newTenant(fixture.database);
    const done = await admitted(fixture.database, tenant);
    await record(fixture.database, done.id, anAvatar(tenant.account.id));
    const waiting = await admitted(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    await requested(fixture.database, tenant);
    await admitted(fixture.database, other);
    const list = async (filter: Parameters<typeof listGenerations>[2]) => {
      const page = await listGenerations(fixture.database, tenant.account.id, filter, { limit: 1 });
      return [page.total, page.items[0]?.id];
    };
    expect(await list({})).toEqual([3, accepted.id]);
    expect(await list({ statuses: ['pending', 'processing'] })).toEqual([1, waiting.id]);
    expect(await list({ projectId: tenant.projectId, statuses: ['completed'] })).toEqual([1, done.id]);
    expect(await list({ projectId: other.projectId })).toEqual([0, undefined]);
    const live = (since: Date) => listLive(fixture.database, tenant.account.id, { since, limit: 10 });
    expect((await live(new Date(0))).map(({ id }) => id)).toEqual([accepted.id, waiting.id, done.id]);
    expect((await live(new Date(Date.now() + 60_000))).map(({ id }) => id)).toEqual([accepted.id, waiting.id]);
  });
});

describe('the sweep', () => {
  it('finds what does not move, what was accepted and never started, and what waits too long', async () => {
    const tenant = await newTenant(fixture.database, 'plus');
    const stuck = await admitted(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    const refused = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, refused.id);
    await markRefused(fixture.database, { id: refused.id, admissionNumber: 0, refusal: 'daily_limit' });
    const mine = (rows: { id: string; accountId: string }[]) =>
      rows.filter(({ accountId }) => accountId === tenant.account.id).map(({ id }) => id);
    expect(mine(await listStale(fixture.database, at(-1_000)))).toEqual([stuck.id]);
    expect(mine(await listStale(fixture.database, at(60_000)))).toEqual([]);
    expect(mine(await listUnstarted(fixture.database, at(-1_000)))).toEqual([accepted.id]);
    const overdue = (waitedMs: number) => listOverdue(fixture.database, { tier: 'plus', waitedMs, limit: 100 });
    expect(mine(await overdue(-1_000))).toEqual([stuck.id]);
    expect(mine(await overdue(60_000))).toEqual([]);
    await setPriority(fixture.database, stuck.id, 1);
    expect(mine(await overdue(-1_000))).toEqual([]);
  });

  it('drops only requests that are old and that nobody was told about', async () => {
    const tenant = await newTenant(fixture.database);
    const silent = await requested(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    const waiting = await admitted(fixture.database, tenant);
    await deleteUnansweredGenerations(fixture.database, at(60_000));
    expect(await readGeneration(fixture.database, silent.id)).toBeDefined();
    expect(await deleteUnansweredGenerations(fixture.database, at(-1_000))).toBeGreaterThan(0);
    expect(await readGeneration(fixture.database, silent.id)).toBeUndefined();
    expect(await readGeneration(fixture.database, accepted.id)).toBeDefined();
    expect(await readGeneration(fixture.database, waiting.id)).toBeDefined();
    expect(await insertGeneration(fixture.database, aGenerationRequest(tenant, { id: silent.id }))).toMatchObject({
      kind: 'created',
    });
  });
});
