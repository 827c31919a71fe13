import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from './live-event.ts';
import { createQueuePositionsFeed } from './queue-positions-feed.ts';

const GENERATION = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';

function feedOf(accounts: string[]) {
  const source = { position: 3, reads: 0, broken: false };
  const sent: [string, LiveEvent][] = [];
  const errors: unknown[] = [];
  const feed = createQueuePositionsFeed({
    waitingAccounts: () => accounts,
    read: (accountIds) => {
      source.reads += 1;
      if (source.broken) return Promise.reject(new Error('unavailable'));
      const queue = { position: source.position, etaSeconds: null };
      return Promise.resolve(new Map(accountIds.map((id) => [id, [{ generationId: GENERATION, queue }]])));
    },
    send: (accountId, event) => void sent.push([accountId, event]),
    onError: (error) => void errors.push(error),
  });
  return { feed, source, sent, errors };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const SECOND_MS = 1_000;

describe('the feed of queue positions', () => {
  it('reads positions at most once a second, however often the queue moves', async () => {
    const { feed, source } = feedOf(['a']);
    for (let time = 0; time < 100; time += 1) feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(source.reads).toBe(1);
  });

  it('reads nothing while the queue does not move', async () => {
    const { feed, source } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(60 * SECOND_MS);
    expect(source.reads).toBe(1);
  });

  it('reads nothing while no account waits', async () => {
    const { feed, source } = feedOf([]);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(source.reads).toBe(0);
  });

  it('sends positions only when they changed', async () => {
    const { feed, source, sent } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(1);
    source.position = 2;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent.map(([, { json }]) => json)).toEqual([
      expect.stringContaining('"position":3'),
      expect.stringContaining('"position":2'),
    ]);
  });

  it('sends positions again when a new stream opens', async () => {
    const { feed, sent } = feedOf(['a']);
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    feed.forget('a');
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(2);
  });

  it('continues after a failed read', async () => {
    const { feed, source, sent, errors } = feedOf(['a']);
    source.broken = true;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(errors).toHaveLength(1);
    source.broken = false;
    feed.queueMoved();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(sent).toHaveLength(1);
  });
});
