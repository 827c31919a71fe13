import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from './live-event.ts';
import { createQueuePositionsFeed } from './queue-positions-feed.ts';

const GENERATION = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';

function feedOf(accounts: string[]) {
  const line = { position: 3, reads: 0, broken: false };
  const sent: [string, LiveEvent][] = [];
  const errors: unknown[] = [];
  const feed = createQueuePositionsFeed({
    waitingAccounts: () => accounts,
    read: (accountIds) => {
      line.reads += 1;
      if (line.broken) return Promise.reject(new Error('away'));
      const queue = { position: line.position, etaSeconds: null };
      return Promise.resolve(new Map(accountIds.map((id) => [id, [{ generationId: GENERATION, queue }]])));
    },
    send: (accountId, event) => void sent.push([accountId, event]),
    onError: (error) => void errors.push(error),
  });
  return { feed, line, sent, errors };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const SECOND_MS = 1_000;

describe('the places in the queue', () => {
  it('are read at most once a second, however often the queue moves', async () => {
    const { feed, line } = feedOf(['a']);
    for (let time = 0; time < 100; time += 1) feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(line.reads).toBe(1);
  });

  it('are not read while nothing moves', async () => {
    const { feed, line } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(60 * SECOND_MS);
    expect(line.reads).toBe(1);
  });

  it('are not read while nobody waits', async () => {
    const { feed, line } = feedOf([]);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(line.reads).toBe(0);
  });

  it('are told only when they changed', async () => {
    const { feed, line, sent } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(1);
    line.position = 2;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent.map(([, { json }]) => json)).toEqual([
      expect.stringContaining('"position":3'),
      expect.stringContaining('"position":2'),
    ]);
  });

  it('are told again to somebody who has just begun to watch', async () => {
    const { feed, sent } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    feed.forget('a');
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(2);
  });

  it('survive a failed read', async () => {
    const { feed, line, sent, errors } = feedOf(['a']);
    line.broken = true;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(errors).toHaveLength(1);
    line.broken = false;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(1);
  });
});
