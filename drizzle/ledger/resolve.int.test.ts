import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { beginAttempt, completeAttempt } from '../queries/generations/attempt-steps.ts';
import { readAvatar } from '../queries/avatars/avatars.ts';
import { markAccepted, markCancelRequested, markProcessing } from '../queries/generations/generation-progress.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { listNotifications } from '../queries/accounts/notifications.ts';
import { bytesOfAccount, insertGenerationObjects, listOrphanedObjects } from '../queries/objects/stored-objects.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, requested } from '#tests/support/database/world.ts';
import { deliver, record } from './record.ts';
import { release } from './release.ts';
import { UnknownInLedger } from './step.ts';

const fixture = useDatabase();
const FAILURE = { code: 'deadline', message: 'It took too long and was stopped.' } as const;

describe('record', () => {
  it('delivers the avatar, captures the hold, completes the generation, counts the bytes and notifies the account', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    expect(await record(fixture.database, id, avatar)).toEqual({ kind: 'recorded', replay: false });
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({
      posted: 90,
      held: 0,
      unfinished: 0,
    });
    const generation = await readGeneration(fixture.database, id);
    expect(generation).toMatchObject({ status: 'completed', stage: 'done', provider: 'illustrator', failure: null });
    expect(generation!.finishedAt).toBeInstanceOf(Date);
    expect(await readAvatar(fixture.database, tenant.account.id, avatar.id)).toMatchObject({
      name: 'Archmage',
      generationId: id,
      projectId: tenant.projectId,
      persona: avatar.persona,
      seed: 4_294_967_295,
      costUsd: 0.003,
    });
    expect(await bytesOfAccount(fixture.database, tenant.account.id)).toBe(1100);
    const notifications = await listNotifications(fixture.database, tenant.account.id, { limit: 5 });
    expect(notifications.items).toMatchObject([
      { kind: 'avatar_completed', avatarId: avatar.id, avatarName: 'Archmage' },
    ]);
  });

  it('returns the objects that no avatar needs, never those of the avatar, also when it is repeated', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    const files = [avatar.image.object, avatar.thumbnail.object, `staging/${id}`].map((name) => ({
      name,
      kind: 'image' as const,
      accountId: tenant.account.id,
      sizeBytes: 10,
    }));
    expect(await insertGenerationObjects(fixture.database, id, files)).toBe(true);
    for (const replay of [false, true]) {
      expect(await deliver(fixture.database, id, avatar)).toEqual({
        outcome: { kind: 'recorded', replay },
        leftovers: [`staging/${id}`],
      });
    }
    expect(await insertGenerationObjects(fixture.database, id, files)).toBe(false);
  });

  it('charges nothing once a cancel was requested', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await markCancelRequested(fixture.database, id);
    expect(await deliver(fixture.database, id, anAvatar(tenant.account.id))).toEqual({
      outcome: { kind: 'cancelled' },
      leftovers: [],
    });
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({ posted: 100, held: 10 });
  });

  it('adds up the costs of all attempts', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    for (const [ordinal, costUsd] of [0.04, 0.003].entries()) {
      const begun = await beginAttempt(fixture.database, {
        generationId: id,
        ordinal,
        provider: 'replicate',
        model: 'm',
      });
      if (begun.kind !== 'attempt') throw new Error(begun.kind);
      const result = { stagedObject: `staging/${begun.attempt.id}`, credit: null, costUsd, latencyMs: 5 };
      await completeAttempt(fixture.database, begun.attempt.id, result);
    }
    await record(fixture.database, id, anAvatar(tenant.account.id));
    expect((await readGeneration(fixture.database, id))!.costUsd).toBe(0.043);
  });

  it('returns a replay for the same avatar and `lost` for another one', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, id, avatar);
    expect(await record(fixture.database, id, avatar)).toEqual({ kind: 'recorded', replay: true });
    expect(await record(fixture.database, id, anAvatar(tenant.account.id))).toEqual({
      kind: 'lost',
      status: 'completed',
      avatarId: avatar.id,
    });
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(90);
  });

  it('delivers nothing after the hold was released', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await release(fixture.database, { generationId: id, status: 'cancelled', reason: 'changed my mind', by: 'user' });
    const avatar = anAvatar(tenant.account.id);
    expect(await record(fixture.database, id, avatar)).toEqual({ kind: 'lost', status: 'cancelled', avatarId: null });
    expect(await readAvatar(fixture.database, tenant.account.id, avatar.id)).toBeUndefined();
  });

  it('does not deliver into a deleted project', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await fixture.owner.query('DELETE FROM avatar_projects WHERE id = $1', [tenant.projectId]);
    expect(await record(fixture.database, id, anAvatar(tenant.account.id))).toEqual({ kind: 'project_deleted' });
    expect(await release(fixture.database, { generationId: id, status: 'cancelled' })).toMatchObject({
      kind: 'released',
    });
  });

  it('throws UnknownInLedger for a generation that was not admitted or does not exist', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await requested(fixture.database, tenant);
    await expect(record(fixture.database, id, anAvatar(tenant.account.id))).rejects.toBeInstanceOf(UnknownInLedger);
    const missing = record(fixture.database, randomUUID(), anAvatar(tenant.account.id));
    await expect(missing).rejects.toBeInstanceOf(UnknownInLedger);
  });
});

describe('release', () => {
  it('releases the hold and stores the failure', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await markProcessing(fixture.database, id, { stage: 'generating', provider: 'replicate', model: 'm' });
    const outcome = await release(fixture.database, { generationId: id, status: 'failed', failure: FAILURE });
    expect(outcome).toEqual({ kind: 'released', creditsReturned: true });
    expect(await readAccount(fixture.database, tenant.account.id)).toMatchObject({
      posted: 100,
      held: 0,
      unfinished: 0,
    });
    expect(await readGeneration(fixture.database, id)).toMatchObject({
      status: 'failed',
      stage: 'generating',
      failure: FAILURE,
      creditsReturned: true,
    });
    const notifications = await listNotifications(fixture.database, tenant.account.id, { limit: 5 });
    expect(notifications.items).toMatchObject([{ kind: 'generation_failed', generationId: id, creditsReturned: true }]);
  });

  it('ends a generation without a hold, and notifies only if it was accepted', async () => {
    const tenant = await newTenant(fixture.database);
    const unanswered = await requested(fixture.database, tenant);
    const accepted = await requested(fixture.database, tenant);
    await markAccepted(fixture.database, accepted.id);
    for (const { id } of [unanswered, accepted]) {
      const outcome = await release(fixture.database, { generationId: id, status: 'failed', failure: FAILURE });
      expect(outcome).toEqual({ kind: 'released', creditsReturned: false });
    }
    const notifications = await listNotifications(fixture.database, tenant.account.id, { limit: 5 });
    expect(notifications.items.map(({ generationId }) => generationId)).toEqual([accepted.id]);
  });

  it('returns the final status of a generation that was settled before', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await release(fixture.database, { generationId: id, status: 'failed', failure: FAILURE });
    const second = await release(fixture.database, { generationId: id, status: 'cancelled', by: 'user' });
    expect(second).toEqual({ kind: 'settled', status: 'failed', creditsReturned: true });
    const missing = release(fixture.database, { generationId: randomUUID(), status: 'cancelled' });
    await expect(missing).rejects.toBeInstanceOf(UnknownInLedger);
  });

  it('cuts a very long message', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const failure = { code: 'internal', message: '🜁'.repeat(600) } as const;
    await release(fixture.database, { generationId: id, status: 'failed', failure });
    expect((await readGeneration(fixture.database, id))!.failure!.message).toBe('🜁'.repeat(500));
  });
});

describe('a deleted avatar', () => {
  it('leaves a tombstone for the audit and objects for the sweep', async () => {
    const tenant = await newTenant(fixture.database);
    const first = await admitted(fixture.database, tenant);
    const second = await admitted(fixture.database, tenant);
    const [deletedAlone, deletedWithProject] = [anAvatar(tenant.account.id), anAvatar(tenant.account.id)];
    await record(fixture.database, first.id, deletedAlone);
    await record(fixture.database, second.id, deletedWithProject);
    await fixture.database.call('t.delete', 'DELETE FROM avatars WHERE id = $1', [deletedAlone.id]);
    await fixture.owner.query('DELETE FROM avatar_projects WHERE id = $1', [tenant.projectId]);
    const { rows } = await fixture.owner.query(
      'SELECT avatar_id, generation_id FROM avatar_tombstones WHERE account_id = $1 ORDER BY deleted_at',
      [tenant.account.id],
    );
    expect(rows).toEqual([
      { avatar_id: deletedAlone.id, generation_id: first.id },
      { avatar_id: deletedWithProject.id, generation_id: second.id },
    ]);
    const orphaned = await listOrphanedObjects(fixture.database, { olderThanMs: 0, limit: 100 });
    const names = orphaned.filter(({ generationId }) => generationId === first.id || generationId === second.id);
    expect(names).toHaveLength(4);
    expect(await readGeneration(fixture.database, second.id)).toMatchObject({ status: 'completed', projectId: null });
    expect(await record(fixture.database, first.id, deletedAlone)).toEqual({ kind: 'recorded', replay: true });
  });
});
