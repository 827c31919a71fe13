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
  type Tenant,
} from '#tests/support/database/world.ts';
import { markAccepted, markCancelRequested, markProcessing, markRefused, setPriority } from './generation-progress.ts';
import { deleteUnansweredGenerations, listOverdue, listStale, listUnstarted } from './generation-sweep.ts';
import { listGenerations, listLive } from './generation-list.ts';
import { insertGeneration, type NewGeneration, readGeneration, readOwnGeneration } from './generations.ts';
import type { Generation } from './generation-row.ts';
import { readLastRetry, readSuccessors } from './retries.ts';

const fixture = useDatabase();
const at = (olderThanMs: number) => ({ olderThanMs, limit: 100 });

describe('insertGeneration', () => {
  it('inserts a generation once, however often it is called', async () => {
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

  it('inserts nothing into a project that is missing or of another account', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    for (const projectId of [stranger.projectId, randomUUID()]) {
      expect(await insertGeneration(fixture.database, aGenerationRequest(tenant, { projectId }))).toEqual({
        kind: 'no_project',
      });
    }
  });

  it('hides a generation from other accounts', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const { id } = await requested(fixture.database, tenant);
    expect(await readOwnGeneration(fixture.database, tenant.account.id, id)).toBeDefined();
    expect(await readOwnGeneration(fixture.database, stranger.account.id, id)).toBeUndefined();
  });

  it('inserts a generation whose refusals are counted once per admission number', async () => {
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

describe('generation progress', () => {
  it('is stored stage by stage, with times and an increasing version', async () => {
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

  it('is not stored for a generation that has ended or was not admitted', async () => {
    const tenant = await newTenant(fixture.database);
    const settled = await admitted(fixture.database, tenant);
    await release(fixture.database, { generationId: settled.id, status: 'cancelled' });
    const unadmitted = await requested(fixture.database, tenant);
    for (const id of [settled.id, unadmitted.id, randomUUID()]) {
      expect(await markProcessing(fixture.database, id, { stage: 'generating' })).toBe(false);
    }
  });

  it('includes a new priority only while the generation waits', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    expect(await setPriority(fixture.database, id, 2)).toBe(true);
    expect(await setPriority(fixture.database, id, 2)).toBe(true);
    expect(await readGeneration(fixture.database, id)).toMatchObject({ priority: 2, version: 3 });
    await markProcessing(fixture.database, id, { stage: 'generating' });
    expect(await setPriority(fixture.database, id, 5)).toBe(false);
  });

  it('includes the first cancel reason, and none after the generation has ended', async () => {
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

describe('listGenerations', () => {
  it('pages through each generation once, newest first, while new ones are added', async () => {
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

  it('filters by status and project, returns the total, and hides unanswered requests', async () => {
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
    const first = await listLive(fixture.database, tenant.account.id, { since: new Date(0), limit: 2 });
    expect(first.map(({ id }) => id)).toEqual([accepted.id, waiting.id]);
  });
});

describe('the retry of a generation', () => {
  const failed = async (tenant: Tenant, changes: Partial<NewGeneration> = {}) => {
    const { id } = await admitted(fixture.database, tenant, changes);
    await release(fixture.database, {
      generationId: id,
      status: 'failed',
      failure: { code: 'deadline', message: 'late' },
    });
    return id;
  };
  const versionOf = async (id: string) => (await readGeneration(fixture.database, id))!.version;

  it('is one generation, however many are requested at once, and continues from the last one', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const first = await failed(tenant);
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () =>
        insertGeneration(fixture.database, aGenerationRequest(tenant, { retryOf: first })),
      ),
    );
    const ids = new Set(outcomes.map((outcome) => (outcome.kind === 'no_project' ? '' : outcome.generation.id)));
    expect(ids.size).toBe(1);
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    const [second = ''] = ids;
    expect((await readLastRetry(fixture.database, first))?.id).toBe(second);
    await reserve(fixture.database, { generationId: second, deadlineMs: DEADLINE_MS });
    await release(fixture.database, { generationId: second, status: 'cancelled' });
    const third = await admitted(fixture.database, tenant, { retryOf: second });
    expect((await readLastRetry(fixture.database, first))?.id).toBe(third.id);
    expect(await readSuccessors(fixture.database, [first, second, third.id])).toEqual(
      new Map([
        [first, second],
        [second, third.id],
      ]),
    );
  });

  it('is shown by the failed generation, which changes with it, as soon as it is admitted or accepted and until it is refused', async () => {
    const tenant = await newTenant(fixture.database);
    const first = await failed(tenant);
    const before = await versionOf(first);
    const shown = () => readSuccessors(fixture.database, [first]);
    const { id } = await requested(fixture.database, tenant, { retryOf: first });
    expect(await shown()).toEqual(new Map());
    await markAccepted(fixture.database, id);
    expect([await shown(), await versionOf(first)]).toEqual([new Map([[first, id]]), before + 1]);
    await markRefused(fixture.database, { id, admissionNumber: 0, refusal: 'insufficient_credits' });
    expect([await shown(), await versionOf(first)]).toEqual([new Map(), before + 2]);
    await reserve(fixture.database, { generationId: id, deadlineMs: DEADLINE_MS });
    expect([await shown(), await versionOf(first)]).toEqual([new Map([[first, id]]), before + 3]);
  });
});

describe('the generation sweep', () => {
  it('lists stale generations, accepted ones that were not started, and overdue ones', async () => {
    const tenant = await newTenant(fixture.database, 'plus');
    const stuck = await admitted(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    const refused = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, refused.id);
    await markRefused(fixture.database, { id: refused.id, admissionNumber: 0, refusal: 'daily_limit' });
    const ownIds = (rows: { id: string; accountId: string }[]) =>
      rows.filter(({ accountId }) => accountId === tenant.account.id).map(({ id }) => id);
    expect(ownIds(await listStale(fixture.database, at(-1_000)))).toEqual([stuck.id]);
    expect(ownIds(await listStale(fixture.database, at(60_000)))).toEqual([]);
    expect(ownIds(await listUnstarted(fixture.database, at(-1_000)))).toEqual([accepted.id]);
    const overdue = (waitedMs: number, after?: Generation) =>
      listOverdue(fixture.database, { tier: 'plus', waitedMs, limit: 100, after });
    expect(ownIds(await overdue(-1_000))).toEqual([stuck.id]);
    expect(ownIds(await overdue(-1_000, (await overdue(-1_000)).at(-1)))).toEqual([]);
    expect(ownIds(await overdue(60_000))).toEqual([]);
    await setPriority(fixture.database, stuck.id, 1);
    expect(ownIds(await overdue(-1_000))).toEqual([]);
  });

  it('deletes only old requests that were never answered', async () => {
    const tenant = await newTenant(fixture.database);
    const unanswered = await requested(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    const waiting = await admitted(fixture.database, tenant);
    await deleteUnansweredGenerations(fixture.database, at(60_000));
    expect(await readGeneration(fixture.database, unanswered.id)).toBeDefined();
    expect(await deleteUnansweredGenerations(fixture.database, at(-1_000))).toBeGreaterThan(0);
    expect(await readGeneration(fixture.database, unanswered.id)).toBeUndefined();
    expect(await readGeneration(fixture.database, accepted.id)).toBeDefined();
    expect(await readGeneration(fixture.database, waiting.id)).toBeDefined();
    expect(await insertGeneration(fixture.database, aGenerationRequest(tenant, { id: unanswered.id }))).toMatchObject({
      kind: 'created',
    });
  });
});
