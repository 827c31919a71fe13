import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { aGenerationRequest, DEADLINE_MS, newTenant, requested, type Tenant } from '#tests/support/database/world.ts';
import { readAccount } from '../queries/accounts/accounts.ts';
import { deleteUnansweredBatches, markBatchAccepted, markBatchRefused } from '../queries/generations/batch-progress.ts';
import { insertBatch, listMembers, readBatch } from '../queries/generations/batches.ts';
import { deleteUnansweredGenerations } from '../queries/generations/generation-sweep.ts';
import { release } from './release.ts';
import { reserveBatch } from './reserve-batch.ts';
import { reserve } from './reserve.ts';
import { UnknownInLedger } from './step.ts';

const CONNECTIONS = 32;
const fixture = useDatabase({ poolSize: CONNECTIONS });

const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const reserveAll = (batchId: string) => reserveBatch(fixture.database, { batchId, deadlineMs: DEADLINE_MS });
const cancel = (generationId: string) => release(fixture.database, { generationId, status: 'cancelled', by: 'user' });
const balance = async ({ account }: Tenant) => (await readAccount(fixture.database, account.id))!;
const statuses = async (batchId: string) =>
  (await listMembers(fixture.database, batchId)).map(({ status }) => status).toSorted();

async function aBatch(tenant: Tenant, size: number, price = 10): Promise<string> {
  const id = randomUUID();
  const members = Array.from({ length: size }, () => aGenerationRequest(tenant, { price }));
  const outcome = await insertBatch(fixture.database, {
    id,
    accountId: tenant.account.id,
    projectId: tenant.projectId,
    requestHash: 'c'.repeat(64),
    members,
  });
  expect(outcome.kind).toBe('created');
  return id;
}

describe('reserveBatch', () => {
  it('holds the credits of all fifty members at once', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const id = await aBatch(tenant, 50);
    expect(await reserveAll(id)).toEqual({ kind: 'admitted', replay: false });
    expect(await reserveAll(id)).toEqual({ kind: 'admitted', replay: true });
    expect(await balance(tenant)).toMatchObject({ held: 500, unfinished: 50, posted: 1000 });
    expect((await readBatch(fixture.database, id))!.admittedAt).not.toBeNull();
  });

  it('holds nothing when one credit is missing, and can be tried again', async () => {
    const tenant = await newTenant(fixture.database);
    const id = await aBatch(tenant, 11);
    expect(await reserveAll(id)).toEqual({ kind: 'refused', refusal: 'insufficient_credits' });
    expect(await balance(tenant)).toMatchObject({ held: 0, unfinished: 0 });
    expect(new Set(await statuses(id))).toEqual(new Set(['requested']));
    const refused = { id, admissionNumber: 0, refusal: 'insufficient_credits' } as const;
    expect(await markBatchRefused(fixture.database, refused)).toBe(1);
    expect(await markBatchRefused(fixture.database, refused)).toBe(1);
    expect((await listMembers(fixture.database, id)).every(({ refusal }) => refusal === 'insufficient_credits')).toBe(
      true,
    );
    await cancel((await listMembers(fixture.database, id))[0]!.id);
    expect(await reserveAll(id)).toEqual({ kind: 'admitted', replay: false });
    expect((await readBatch(fixture.database, id))!.refusal).toBeNull();
    expect(await balance(tenant)).toMatchObject({ held: 100, unfinished: 10 });
  });

  it.each([
    ['daily_limit', 'daily_limit = 3'],
    ['too_many_pending', 'unfinished_limit = 3'],
  ])('refuses the whole batch for the limit %s', async (refusal, change) => {
    const tenant = await newTenant(fixture.database);
    await fixture.owner.query(`UPDATE accounts SET ${change} WHERE id = $1`, [tenant.account.id]);
    const [id, fits] = [await aBatch(tenant, 4), await aBatch(tenant, 3)];
    expect(await reserveAll(id)).toEqual({ kind: 'refused', refusal });
    expect(await reserveAll(fits)).toEqual({ kind: 'admitted', replay: false });
    expect(await balance(tenant)).toMatchObject({ held: 30, unfinished: 3 });
  });

  it('inserts a batch once, completely, and only into a project of its account', async () => {
    const tenant = await newTenant(fixture.database);
    const other = await newTenant(fixture.database);
    const input = {
      id: randomUUID(),
      accountId: tenant.account.id,
      projectId: other.projectId,
      requestHash: 'c'.repeat(64),
      members: [aGenerationRequest(tenant), aGenerationRequest(tenant)],
    };
    expect(await insertBatch(fixture.database, input)).toEqual({ kind: 'no_project' });
    expect(await readBatch(fixture.database, input.id)).toBeUndefined();
    const own = { ...input, projectId: tenant.projectId };
    const outcomes = await times(CONNECTIONS, () => insertBatch(fixture.database, own));
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(await listMembers(fixture.database, input.id)).toHaveLength(2);
  });

  it('throws UnknownInLedger for a batch that does not exist', async () => {
    await expect(reserveAll(randomUUID())).rejects.toThrow(UnknownInLedger);
  });
});

describe('concurrent admissions', () => {
  it('hold the credits of one batch once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const tenant = await newTenant(fixture.database, 'plus');
      const id = await aBatch(tenant, 20);
      const outcomes = await times(CONNECTIONS, () => reserveAll(id));
      expect(outcomes.every(({ kind }) => kind === 'admitted')).toBe(true);
      expect(outcomes.filter((outcome) => 'replay' in outcome && !outcome.replay)).toHaveLength(1);
      expect(await balance(tenant)).toMatchObject({ held: 200, unfinished: 20 });
    }
  });

  it('of batches and single generations never hold more than the balance, and admit each batch completely or not at all', async () => {
    for (let round = 0; round < 4; round += 1) {
      const tenant = await newTenant(fixture.database);
      const batches = await times(6, () => aBatch(tenant, 4));
      const singles = await times(6, () => requested(fixture.database, tenant));
      await Promise.all([
        ...batches.map(reserveAll),
        ...singles.map(({ id }) => reserve(fixture.database, { generationId: id, deadlineMs: DEADLINE_MS })),
      ]);
      let pending = 0;
      for (const id of batches) {
        const [first, ...rest] = await statuses(id);
        expect(rest.every((status) => status === first)).toBe(true);
        if (first === 'pending') pending += 4;
      }
      const { held, unfinished } = await balance(tenant);
      expect(held).toBe(unfinished * 10);
      expect(held).toBeLessThanOrEqual(100);
      expect(unfinished).toBeGreaterThanOrEqual(pending);
    }
  });

  it('leave no hold for members that are cancelled at the same time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const tenant = await newTenant(fixture.database);
      const id = await aBatch(tenant, 8);
      const members = await listMembers(fixture.database, id);
      await Promise.all([reserveAll(id), ...members.slice(0, 3).map((member) => cancel(member.id)), reserveAll(id)]);
      expect(await statuses(id)).toEqual([...Array(3).fill('cancelled'), ...Array(5).fill('pending')]);
      expect(await balance(tenant)).toMatchObject({ held: 50, unfinished: 5 });
    }
  });
});

describe('an unanswered batch', () => {
  it('is deleted as a whole, never by its members, and not once it is accepted or admitted', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const [unanswered, accepted, admitted] = await times(3, () => aBatch(tenant, 3));
    await markBatchAccepted(fixture.database, accepted!);
    await reserveAll(admitted!);
    const at = { olderThanMs: -60_000, limit: 100 };
    await deleteUnansweredGenerations(fixture.database, at);
    expect(await listMembers(fixture.database, unanswered!)).toHaveLength(3);
    await deleteUnansweredBatches(fixture.database, at);
    expect(await readBatch(fixture.database, unanswered!)).toBeUndefined();
    expect(await listMembers(fixture.database, unanswered!)).toEqual([]);
    expect(await listMembers(fixture.database, accepted!)).toHaveLength(3);
    expect(await listMembers(fixture.database, admitted!)).toHaveLength(3);
  });

  it('never drops a part of a batch that is marked as answered at the same moment', async () => {
    const batchId = await aBatch(await newTenant(fixture.database), 3);
    const at = { olderThanMs: -60_000, limit: 1000 };
    await fixture.owner.query('BEGIN');
    try {
      await fixture.owner.query('UPDATE batches SET accepted_at = now() WHERE id = $1', [batchId]);
      await deleteUnansweredBatches(fixture.database, at);
    } finally {
      await fixture.owner.query('COMMIT');
    }
    expect(await listMembers(fixture.database, batchId)).toHaveLength(3);
    await deleteUnansweredBatches(fixture.database, at);
    expect(await listMembers(fixture.database, batchId)).toHaveLength(3);
  });

  it('keeps a batch that is marked as answered late, after it was noted', async () => {
    const batchId = await aBatch(await newTenant(fixture.database), 2);
    const at = { olderThanMs: 600_000, limit: 1000 };
    await fixture.owner.query("UPDATE batches SET created_at = now() - interval '2 hours' WHERE id = $1", [batchId]);
    await deleteUnansweredBatches(fixture.database, at);
    await markBatchAccepted(fixture.database, batchId);
    await fixture.owner.query("UPDATE batches SET overdue_at = now() - interval '1 hour' WHERE id = $1", [batchId]);
    await deleteUnansweredBatches(fixture.database, at);
    expect(await listMembers(fixture.database, batchId)).toHaveLength(2);
  });
});
