import { describe, expect, it } from 'vitest';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { createOutcomes } from './outcomes.ts';

const ID = 'a-generation';
const changed = { channel: 'generation', accountId: 'an-account', id: ID } as const;
const WAIT_MS = 60_000;
const SHORT_WAIT_MS = 20;

/** A row whose status a test sets; reading it can fail. */
function aRow(status: GenerationStatus) {
  const row = { status, version: 1, fails: false, reads: 0 };
  const outcomes = createOutcomes(async () => {
    row.reads += 1;
    if (row.fails) throw new Error('unavailable');
    return { id: ID, status: row.status, version: row.version } as Generation;
  });
  return { row, outcomes };
}

describe('Outcomes.wait', () => {
  it('returns at once when the generation has already ended', async () => {
    const { outcomes } = aRow('completed');
    expect(await outcomes.wait(ID, WAIT_MS)).toMatchObject({ status: 'completed' });
  });

  it('reads the row after each change of it, and returns once it is final', async () => {
    const { row, outcomes } = aRow('pending');
    const waiting = outcomes.wait(ID, WAIT_MS);
    outcomes.changed({ ...changed, id: 'another' });
    outcomes.changed(changed);
    await Promise.resolve();
    Object.assign(row, { status: 'failed', version: 2 });
    outcomes.changed(changed);
    expect(await waiting).toMatchObject({ status: 'failed' });
    expect(row.reads).toBe(3);
  });

  it('reads again after lost notifications, also when a read has failed before', async () => {
    const { row, outcomes } = aRow('pending');
    row.fails = true;
    const waiting = outcomes.wait(ID, WAIT_MS);
    await Promise.resolve();
    Object.assign(row, { status: 'cancelled', version: 2, fails: false });
    outcomes.refreshAll();
    expect(await waiting).toMatchObject({ status: 'cancelled' });
  });

  it('returns the current row after the time limit, or undefined when it could not be read', async () => {
    const { row, outcomes } = aRow('processing');
    expect(await outcomes.wait(ID, SHORT_WAIT_MS)).toMatchObject({ status: 'processing' });
    row.fails = true;
    expect(await outcomes.wait(ID, SHORT_WAIT_MS)).toBeUndefined();
  });
});
