import { describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { createReplayGauge } from './replay-gauge.ts';

const SECOND = 1_000;

/** A replica that has come as far as the test says. */
function pretendReplica() {
  const state = { lsn: 0n, asked: 0, nowMs: 0 };
  const callOnce: Database['callOnce'] = async <Row>() => {
    state.asked += 1;
    return [{ lsn: String(state.lsn) }] as Row[];
  };
  return { state, gauge: createReplayGauge({ callOnce } as Database, () => state.nowMs) };
}

describe('how far a replica is', () => {
  it('decides whether it may answer', async () => {
    const { state, gauge } = pretendReplica();
    state.lsn = 100n;
    expect(await gauge.hasReached(100n, 100n)).toBe(true);
    expect(await gauge.hasReached(101n, 101n)).toBe(false);
    state.lsn = 101n;
    expect(await gauge.hasReached(101n, 101n)).toBe(true);
  });

  it('is asked once a second as long as it is far enough', async () => {
    const { state, gauge } = pretendReplica();
    state.lsn = 100n;
    for (state.nowMs = 0; state.nowMs < 3 * SECOND; state.nowMs += 100) await gauge.hasReached(50n, 100n);
    expect(state.asked).toBe(3);
  });

  it('shuts it out altogether when it falls ten seconds behind, whoever asks, until it has caught up', async () => {
    const { state, gauge } = pretendReplica();
    state.lsn = 100n;
    let flushed = 100n;
    const answers: boolean[] = [];
    for (state.nowMs = 0; state.nowMs <= 14 * SECOND; state.nowMs += SECOND) {
      answers.push(await gauge.hasReached(50n, flushed));
      flushed += 10n;
    }
    expect(answers.lastIndexOf(true)).toBe(10);
    expect(answers.slice(11)).toEqual([false, false, false, false]);
    state.lsn = flushed;
    expect(await gauge.hasReached(50n, flushed)).toBe(true);
  });

  it('counts as fresh as where the primary was, when it runs behind a busy one', async () => {
    const { state, gauge } = pretendReplica();
    let flushed = 0n;
    const answers: boolean[] = [];
    for (state.nowMs = 0; state.nowMs <= 30 * SECOND; state.nowMs += SECOND) {
      answers.push(await gauge.hasReached(0n, flushed));
      flushed += 10n;
      state.lsn = flushed - 30n;
    }
    expect(answers.slice(5)).toEqual(Array(answers.length - 5).fill(true));
  });
});
