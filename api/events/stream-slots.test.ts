import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FreeSlot, SlotRows } from './slot-rows.ts';
import { createStreamSlots } from './stream-slots.ts';

const ACCOUNT = 'account-a';

/** Rows in memory, with an answer that the test holds back, or that fails. */
function memoryRows() {
  const held = new Map<string, string>();
  const calls: string[] = [];
  const state = {
    calls,
    held,
    lockable: true,
    away: false,
    failingReleases: 0,
    /** Slots that somebody else takes between the look and the insert. */
    snatched: 0,
    barrier: undefined as Promise<void> | undefined,
  };
  const rows: SlotRows = {
    async begin(_key, endedKeys) {
      calls.push(`begin after ${endedKeys.length}`);
      for (const [slot, session] of held) if (endedKeys.includes(session)) held.delete(slot);
      return state.lockable;
    },
    async acquire(key, wanted, limit) {
      calls.push(`acquire ${[...wanted].map((entry) => entry.join(' ')).join(', ')}`);
      await state.barrier;
      if (state.away) return undefined;
      const free: FreeSlot[] = [];
      for (const [accountId, count] of wanted) {
        const numbers = [1, 2, 3, 4, 5].filter((slot) => !held.has(`${accountId} ${slot}`)).slice(0, count);
        for (const slot of numbers.filter((number) => number <= limit)) {
          const acquired = state.snatched === 0;
          if (!acquired) state.snatched -= 1;
          held.set(`${accountId} ${slot}`, acquired ? key : 'another process');
          free.push({ accountId, slot, acquired });
        }
      }
      return free;
    },
    async release(key, slots) {
      calls.push(`release ${slots.map(({ slot }) => slot).join(' ')}`);
      if (state.away || state.failingReleases > 0) {
        state.failingReleases -= 1;
        return undefined;
      }
      for (const { accountId, slot } of slots) {
        if (held.get(`${accountId} ${slot}`) === key) held.delete(`${accountId} ${slot}`);
      }
      return [];
    },
  };
  return { rows, state };
}

const acquireMany = (slots: ReturnType<typeof createStreamSlots>, count: number, account = ACCOUNT) =>
  Promise.all(Array.from({ length: count }, () => slots.acquire(account)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('stream slots', () => {
  it('asks for all that is wanted meanwhile in one statement', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    const granted = await Promise.all([
      ...Array.from({ length: 3 }, () => slots.acquire('a')),
      ...Array.from({ length: 6 }, () => slots.acquire('b')),
    ]);
    expect(granted.filter((release) => release === undefined)).toHaveLength(1);
    expect(state.calls).toEqual(['begin after 0', 'acquire a 3, b 6']);
    for (const release of granted) release?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.calls.slice(2)).toEqual(['release 1', 'release 2 3 1 2 3 4 5']);
    expect(state.held.size).toBe(0);
  });

  it('tries again when another process was faster, until none is free', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    state.snatched = 4;
    expect(await slots.acquire(ACCOUNT)).toBeDefined();
    expect(await slots.acquire(ACCOUNT)).toBeUndefined();
    expect(state.calls.filter((call) => call.startsWith('acquire'))).toHaveLength(6);
  });

  it('grants every slot while the database is away, and asks for those of open streams when a session begins', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    const early = await acquireMany(slots, 2);
    expect(state.calls).toEqual([]);
    state.away = true;
    slots.sessionStarted();
    const later = await acquireMany(slots, 1);
    expect([...early, ...later].every((release) => release !== undefined)).toBe(true);
    state.away = false;
    slots.sessionStarted();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.calls.slice(-2)).toEqual(['begin after 1', `acquire ${ACCOUNT} 3`]);
    expect(state.held.size).toBe(3);
    expect((await acquireMany(slots, 3)).filter(Boolean)).toHaveLength(2);
  });

  it('counts for itself when its key could not be locked', async () => {
    const { rows, state } = memoryRows();
    state.lockable = false;
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    expect((await acquireMany(slots, 6)).every((release) => release !== undefined)).toBe(true);
    expect(state.calls).toEqual(['begin after 0']);
  });

  it('does not mistake an answer of an ended session for one of the next, and asks for each stream once', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    const [open] = await acquireMany(slots, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    state.barrier = promise;
    const opening = slots.acquire(ACCOUNT);
    await vi.advanceTimersByTimeAsync(0);
    slots.sessionStarted();
    slots.sessionStarted();
    resolve();
    const release = await opening;
    await vi.advanceTimersByTimeAsync(0);
    expect(new Set(state.held.values()).size).toBe(1);
    expect(state.held.size).toBe(2);
    release?.();
    open?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.held.size).toBe(0);
  });

  it('returns the slot of a stream that closed while its slot was acquired again', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    const [release] = await acquireMany(slots, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    state.barrier = promise;
    slots.sessionStarted();
    await vi.advanceTimersByTimeAsync(0);
    release?.();
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.held.size).toBe(0);
  });

  it('repeats a release that failed while the session goes on', async () => {
    const { rows, state } = memoryRows();
    const slots = createStreamSlots(rows);
    slots.sessionStarted();
    const [release] = await acquireMany(slots, 1);
    state.failingReleases = 1;
    release?.();
    release?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.held.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state.held.size).toBe(0);
    expect(state.calls.filter((call) => call.startsWith('release'))).toHaveLength(2);
  });
});
