import { describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { createReplayGauge } from './replay-gauge.ts';

const SECOND = 1_000;

/** A replica whose replay position the test sets. */
function fakeReplica() {
  const state = { lsn: 0n, queries: 0, nowMs: 0 };
  const callOnce: Database['callOnce'] = async <Row>() => {
    state.queries += 1;
    return [{ lsn: String(state.lsn) }] as Row[];
  };
  return { state, gauge: createReplayGauge({ callOnce } as Database, () => state.nowMs) };
}

describe('createReplayGauge', () => {
  it('reports whether the replica has replayed a position', async () => {
    const { state, gauge } = fakeReplica();
    state.lsn = 100n;
    expect(await gauge.hasReached(100n, 100n)).toBe(true);
    expect(await gauge.hasReached(101n, 101n)).toBe(false);
    state.lsn = 101n;
    expect(await gauge.hasReached(101n, 101n)).toBe(true);
  });

  it('queries the replica once a second while it has replayed enough', async () => {
    const { state, gauge } = fakeReplica();
    state.lsn = 100n;
    for (state.nowMs = 0; state.nowMs < 3 * SECOND; state.nowMs += 100) await gauge.hasReached(50n, 100n);
    expect(state.queries).toBe(3);
  });

  it('rejects a replica that is more than ten seconds behind until it has caught up', async () => {
    const { state, gauge } = fakeReplica();
    state.lsn = 100n;
    let flushed = 100n;
    const results: boolean[] = [];
    for (state.nowMs = 0; state.nowMs <= 14 * SECOND; state.nowMs += SECOND) {
      results.push(await gauge.hasReached(50n, flushed));
      flushed += 10n;
    }
    expect(results.lastIndexOf(true)).toBe(10);
    expect(results.slice(11)).toEqual([false, false, false, false]);
    state.lsn = flushed;
    expect(await gauge.hasReached(50n, flushed)).toBe(true);
  });

  it('accepts a replica that follows a busy primary with a short delay', async () => {
    const { state, gauge } = fakeReplica();
    let flushed = 0n;
    const results: boolean[] = [];
    for (state.nowMs = 0; state.nowMs <= 30 * SECOND; state.nowMs += SECOND) {
      results.push(await gauge.hasReached(0n, flushed));
      flushed += 10n;
      state.lsn = flushed - 30n;
    }
    expect(results.slice(5)).toEqual(Array(results.length - 5).fill(true));
  });
});
