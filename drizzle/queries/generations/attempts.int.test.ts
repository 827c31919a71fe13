import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryResultRow } from 'pg';
import { describe, expect, it } from 'vitest';
import { stagedObject } from '#domain/generation/object-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import {
  beginAttempt,
  beginFirstAttempt,
  completeAttempt,
  failAttempt,
  markNotAccepted,
  markSubmitting,
  requestCancel,
} from './attempt-steps.ts';
import { listObjectsOfGeneration } from '../objects/stored-objects.ts';
import { readGeneration } from './generations.ts';
import { type Attempt, isClaimed, listAttempts, listOpenAttempts, readAttempt, storeExternalId } from './attempts.ts';

const LATE = { code: 'deadline', message: 'It was late.' } as const;
const fixture = useDatabase({ poolSize: 16 });

/** Terms of a purchase. */
const FREE = { costUsd: null, bounds: {}, rate: null };
const newAttempt = (generationId: string, ordinal = 0) =>
  ({ generationId, ordinal, provider: 'replicate', model: 'flux-dev' }) as const;

async function begun(): Promise<Attempt> {
  const { id } = await admitted(fixture.database, await newTenant(fixture.database));
  return begin(id);
}

async function begin(generationId: string, ordinal = 0): Promise<Attempt> {
  const outcome = await beginAttempt(fixture.database, newAttempt(generationId, ordinal));
  if (outcome.kind !== 'attempt') throw new Error(outcome.kind);
  return outcome.attempt;
}

describe('attempt steps', () => {
  it('insert an attempt once per ordinal', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => beginAttempt(fixture.database, newAttempt(id))));
    expect(new Set(outcomes.map((outcome) => outcome.kind === 'attempt' && outcome.attempt.id)).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.kind === 'attempt' && outcome.fresh)).toHaveLength(1);
    await begin(id, 1);
    expect((await listAttempts(fixture.database, [id])).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  });

  it('insert no attempt for a generation that has ended', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    await release(fixture.database, { generationId: id, status: 'cancelled' });
    expect(await beginAttempt(fixture.database, newAttempt(id))).toEqual({ kind: 'finished', status: 'cancelled' });
    expect(await beginAttempt(fixture.database, newAttempt(randomUUID()))).toEqual({
      kind: 'finished',
      status: undefined,
    });
  });

  it('make a pending generation `processing` with its first attempt once, however many processes begin', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => beginFirstAttempt(fixture.database, newAttempt(id), FREE)),
    );
    const [first, ...others] = outcomes.filter((outcome) => outcome !== undefined);
    expect(others).toEqual([]);
    expect(first!.attempt).toEqual(await readAttempt(fixture.database, first!.attempt.id));
    expect(first!.generation).toEqual(await readGeneration(fixture.database, id));
    expect(first!.generation).toMatchObject({ status: 'processing', stage: 'generating', provider: 'replicate' });
  });

  it('begin no first attempt once a cancel was requested, or where an earlier process had begun one', async () => {
    const [cancelled, other] = await Promise.all(
      [0, 1].map(async () => admitted(fixture.database, await newTenant(fixture.database))),
    );
    await requestCancel(fixture.database, cancelled!.id);
    expect(await beginFirstAttempt(fixture.database, newAttempt(cancelled!.id), FREE)).toBeUndefined();
    expect(await listAttempts(fixture.database, [cancelled!.id])).toEqual([]);
    const earlier = await begin(other!.id);
    expect(await beginFirstAttempt(fixture.database, newAttempt(other!.id), FREE)).toBeUndefined();
    expect(await listAttempts(fixture.database, [other!.id])).toEqual([earlier]);
  });

  it('write nothing but the attempt when it has its image', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    const { attempt, generation } = (await beginFirstAttempt(fixture.database, newAttempt(id), FREE))!;
    const result = { stagedObject: 'staging/x', credit: 'by x', costUsd: 0.04, latencyMs: 5, notDrawn: ['a "hat"'] };
    expect(await completeAttempt(fixture.database, attempt.id, result)).toEqual({ hadFailures: false });
    expect(await readAttempt(fixture.database, attempt.id)).toMatchObject({ state: 'succeeded', ...result });
    expect(await readGeneration(fixture.database, id)).toEqual(generation);
  });

  it('tell with the image whether provider or model had failed before', async () => {
    const { owner, database } = fixture;
    const complete = async () => {
      const { id } = await begun();
      return completeAttempt(database, id, { stagedObject: 'staging/x', credit: null, costUsd: 0, latencyMs: 5 });
    };
    const { provider, model } = await begun();
    await owner.query(
      `INSERT INTO provider_circuits (provider, model, failures) VALUES ($1, '', 0), ($1, $2, 1), ($1, 'another', 1)`,
      [provider, model],
    );
    expect(await complete()).toEqual({ hadFailures: true });
    await owner.query('UPDATE provider_circuits SET failures = 0 WHERE model = $1', [model]);
    expect(await complete()).toEqual({ hadFailures: false });
    await owner.query(`UPDATE provider_circuits SET open_until = now() WHERE model = ''`);
    expect(await complete()).toEqual({ hadFailures: true });
    await owner.query('TRUNCATE provider_circuits');
  });

  it('move an attempt from created through submitting and submitted to succeeded', async () => {
    const created = await begun();
    const { id } = created;
    expect(await markSubmitting(fixture.database, created)).toBe(true);
    const submitting = (await readAttempt(fixture.database, id))!;
    expect(submitting).toMatchObject({ state: 'submitting', submittedAt: null });
    await sleep(2);
    expect(await markSubmitting(fixture.database, submitting)).toBe(true);
    const again = (await readAttempt(fixture.database, id))!.submittingAt!;
    // A look-up is certain only a while after the last call.
    expect(again.getTime()).toBeGreaterThan(submitting.submittingAt!.getTime());
    expect(await storeExternalId(fixture.database, id, `p-${id}`)).toEqual({
      kind: 'stored',
      cancelRequested: false,
      registered: true,
    });
    for (const read of [created, submitting]) expect(await markSubmitting(fixture.database, read)).toBe(false);
    const result = {
      stagedObject: `staging/${id}`,
      credit: 'by A',
      notDrawn: ['a, "b"'],
      costUsd: 0.025,
      latencyMs: 3000,
    };
    expect(await completeAttempt(fixture.database, id, result)).toEqual({ hadFailures: false });
    // After a lost reply it is not known, so the circuits look themselves.
    expect(await completeAttempt(fixture.database, id, result)).toEqual({ hadFailures: true });
    expect(await failAttempt(fixture.database, id, { kind: 'timeout', message: 'late' })).toBe(false);
    expect(await readAttempt(fixture.database, id)).toMatchObject({ state: 'succeeded', ...result, failure: null });
  });

  it('close an attempt as failed or cancelled, and cut a long message', async () => {
    const failed = await begun();
    const failure = { kind: 'moderated', message: 'N'.repeat(900), latencyMs: 5 } as const;
    expect(await failAttempt(fixture.database, failed.id, failure)).toBe(true);
    expect(await readAttempt(fixture.database, failed.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'moderated', message: 'N'.repeat(500) },
    });
    const cancelled = await begun();
    await failAttempt(fixture.database, cancelled.id, { kind: 'cancelled', message: '' });
    expect((await readAttempt(fixture.database, cancelled.id))!.state).toBe('cancelled');
    expect(
      await completeAttempt(fixture.database, cancelled.id, {
        stagedObject: 'x',
        credit: null,
        costUsd: 0,
        latencyMs: 1,
      }),
    ).toBeUndefined();
  });

  it('let only one of two concurrent runs call the provider', async () => {
    const read = await begun();
    const outcomes = await Promise.all([
      markSubmitting(fixture.database, read),
      markSubmitting(fixture.database, read),
    ]);
    expect(outcomes.toSorted()).toEqual([false, true]);
  });

  it('allow another call only after the provider certainly did not accept the first', async () => {
    const created = await begun();
    const { id } = created;
    await markSubmitting(fixture.database, created);
    await markNotAccepted(fixture.database, id);
    expect(await readAttempt(fixture.database, id)).toMatchObject({ state: 'created', externalId: null });
    await markSubmitting(fixture.database, created);
    await storeExternalId(fixture.database, id, `p-${id}`);
    await markNotAccepted(fixture.database, id);
    expect((await readAttempt(fixture.database, id))!.state).toBe('submitted');
  });

  it('register the object for the image with the external id, unless nobody waits for it any more', async () => {
    const [live, cancelled, ended] = await Promise.all([begun(), begun(), begun()]);
    await requestCancel(fixture.database, cancelled!.generationId);
    await release(fixture.database, { generationId: ended!.generationId, status: 'failed', failure: LATE });
    for (const [attempt, registered] of [
      [live!, true],
      [cancelled!, false],
      [ended!, false],
    ] as const) {
      const { id, generationId } = attempt;
      expect(await storeExternalId(fixture.database, id, `p-${id}`)).toMatchObject({ kind: 'stored', registered });
      const name = stagedObject(id);
      const objects = registered ? [{ name, kind: 'staged', generationId }] : [];
      expect(await listObjectsOfGeneration(fixture.database, generationId)).toEqual(objects);
    }
  });

  it('let no other attempt claim the same external id', async () => {
    const [first, second] = [await begun(), await begun()];
    const externalId = `p-${first.id}`;
    await storeExternalId(fixture.database, first.id, externalId);
    expect(await storeExternalId(fixture.database, first.id, externalId)).toMatchObject({ kind: 'stored' });
    expect(await storeExternalId(fixture.database, second.id, externalId)).toEqual({
      kind: 'claimed',
      externalId: null,
    });
    expect(await storeExternalId(fixture.database, first.id, 'other')).toEqual({ kind: 'claimed', externalId });
    const claimed = (exceptAttemptId: string) =>
      isClaimed(fixture.database, { provider: 'replicate', externalId, exceptAttemptId });
    expect([await claimed(first.id), await claimed(second.id)]).toEqual([false, true]);
  });
});

describe('requestCancel', () => {
  it('marks attempts that store an id later, and returns ids that were stored before', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    const [early, late] = [await begin(id, 0), await begin(id, 1)];
    await storeExternalId(fixture.database, early.id, `p-${early.id}`);
    const open = await requestCancel(fixture.database, id, 'changed my mind');
    expect(open.map(({ externalId }) => externalId)).toEqual(expect.arrayContaining([`p-${early.id}`, null]));
    expect(await markSubmitting(fixture.database, late)).toBe(false);
    expect(await storeExternalId(fixture.database, late.id, `p-${late.id}`)).toEqual({
      kind: 'stored',
      cancelRequested: true,
      registered: false,
    });
    const next = await begin(id, 2);
    expect(next.cancelRequestedAt).toBeInstanceOf(Date);
  });

  it('misses no attempt or external id that is stored concurrently', async () => {
    for (let round = 0; round < 25; round += 1) {
      const { id } = await admitted(fixture.database, await newTenant(fixture.database));
      const attempt = await begin(id);
      const externalId = `p-${attempt.id}`;
      const [open, stored, next] = await Promise.all([
        requestCancel(fixture.database, id),
        storeExternalId(fixture.database, attempt.id, externalId),
        begin(id, 1),
      ]);
      const seenByCancel = open.some((found) => found.externalId === externalId);
      const seenByStore = stored.kind === 'stored' && stored.cancelRequested;
      expect(seenByCancel || seenByStore).toBe(true);
      const nextIsMarked =
        next.cancelRequestedAt !== null || (await readAttempt(fixture.database, next.id))!.cancelRequestedAt !== null;
      expect(nextIsMarked).toBe(true);
    }
  });
});

describe('requestCancel during beginAttempt', () => {
  it('waits for the attempt and marks it', async () => {
    const { id } = await admitted(fixture.database, await newTenant(fixture.database));
    let cancelling: Promise<Attempt[]> | undefined;
    const slow: Database = {
      ...fixture.database,
      async call<Row extends QueryResultRow>(_name: string, text: string, values: readonly unknown[]) {
        await fixture.owner.query('BEGIN');
        const { rows } = await fixture.owner.query<Row>(text, [...values]);
        cancelling = requestCancel(fixture.database, id);
        // Long enough for a cancel that does not wait to finish.
        await sleep(300);
        await fixture.owner.query('COMMIT');
        return rows;
      },
    };
    const outcome = await beginAttempt(slow, newAttempt(id));
    const found = await cancelling;
    expect(found!.map((attempt) => attempt.id)).toEqual([outcome.kind === 'attempt' && outcome.attempt.id]);
    expect(found![0]!.cancelRequestedAt).toBeInstanceOf(Date);
  });
});

describe('listOpenAttempts', () => {
  it('returns open attempts of generations that ended at least so long ago', async () => {
    const attempt = await begun();
    const ids = async (endedMs: number) =>
      (await listOpenAttempts(fixture.database, { endedMs, limit: 1000 })).map(({ id }) => id);
    expect(await ids(-1_000)).not.toContain(attempt.id);
    await release(fixture.database, { generationId: attempt.generationId, status: 'cancelled', by: 'user' });
    expect(await ids(-1_000)).toContain(attempt.id);
    expect(await ids(60_000)).not.toContain(attempt.id);
    await failAttempt(fixture.database, attempt.id, { kind: 'transient', message: 'x' });
    expect(await ids(-1_000)).not.toContain(attempt.id);
  });
});
