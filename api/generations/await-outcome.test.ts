import { describe, expect, it } from 'vitest';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { createOutcomes } from './await-outcome.ts';

const ID = 'a-generation';
const changed = { channel: 'generation', accountId: 'somebody', id: ID } as const;
const WAIT_MS = 60_000;
const IMPATIENCE_MS = 20;

/** A row whose status a test sets; reading it can fail. */
function aRow(status: GenerationStatus) {
  const row = { status, version: 1, fails: false, reads: 0 };
  const outcomes = createOutcomes(async () => {
    row.reads += 1;
    if (row.fails) throw new Error('away');
    return { id: ID, status: row.status, version: row.version } as Generation;
  });
  return { row, outcomes };
}

describe('waiting for a generation', () => {
  it('is over at once when it has ended before', async () => {
    const { outcomes } = aRow('completed');
    expect(await outcomes.wait(ID, WAIT_MS)).toMatchObject({ status: 'completed' });
  });

  it('is over when a change says so, and reads only then', async () => {
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

  it('looks again when changes went unheard, also after a reading that failed', async () => {
    const { row, outcomes } = aRow('pending');
    row.fails = true;
    const waiting = outcomes.wait(ID, WAIT_MS);
    await Promise.resolve();
    Object.assign(row, { status: 'cancelled', version: 2, fails: false });
    outcomes.refreshAll();
    expect(await waiting).toMatchObject({ status: 'cancelled' });
  });

  it('ends with what there is when the time is up', async () => {
    const { row, outcomes } = aRow('processing');
    expect(await outcomes.wait(ID, IMPATIENCE_MS)).toMatchObject({ status: 'processing' });
    row.fails = true;
    expect(await outcomes.wait(ID, IMPATIENCE_MS)).toBeUndefined();
  });
});
