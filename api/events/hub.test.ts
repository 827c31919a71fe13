import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { createLog } from '#process/log.ts';
import { aGeneration } from '#contract/testing/samples.ts';
import { recordingStream, type RecordingStream } from '../testing/recording-stream.ts';
import type { QueuePositions } from './queue-positions-feed.ts';
import type { AccountChanges } from './account-changes.ts';
import { liveEvent } from './live-event.ts';
import { createEventHub, type EventHub, type LiveReads } from './hub.ts';
import type { Watcher } from './watcher.ts';

const ID = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';
const ACCOUNT = 'account-a';

/** A hub over fake reads, with one generation and failures on demand. */
function createHub() {
  const state = {
    generation: aGeneration({ id: ID }) as Generation | undefined,
    failing: 0,
    reads: 0,
    slots: 0,
    counts: [] as number[],
    changes: [] as AccountChanges[],
    duringRead: undefined as (() => void) | undefined,
    positions: new Map() as QueuePositions,
  };
  const read = <Value>(value: () => Value): Promise<Value> => {
    state.reads += 1;
    if (state.failing > 0) {
      state.failing -= 1;
      return Promise.reject(new Error('unavailable'));
    }
    return Promise.resolve(value());
  };
  const credits = { available: 90, held: 10, posted: 100 };
  const reads: LiveReads = {
    snapshot: (_account, id) =>
      read(() => {
        const generations = state.generation ? [state.generation] : [];
        return id !== undefined && generations.length === 0 ? undefined : { generations, credits };
      }),
    changes: (_account, changed) =>
      read(() => {
        state.changes.push(changed);
        const events = [
          ...(changed.credits ? [liveEvent('credits', credits)] : []),
          ...(changed.generationIds.length > 0 && state.generation ? [liveEvent('generation', state.generation)] : []),
        ];
        state.duringRead?.();
        return events;
      }),
    positions: () => read(() => state.positions),
  };
  const slots = {
    acquire: async () => {
      state.slots += 1;
      return () => void (state.slots -= 1);
    },
  };
  const hub = createEventHub({
    reads,
    slots,
    log: createLog('api', 'silent'),
    onCount: (count) => void state.counts.push(count),
  });
  return { hub, state };
}

async function watch(hub: EventHub, generationId?: string): Promise<{ stream: RecordingStream; watcher: Watcher }> {
  const stream = recordingStream();
  let watcher: Watcher | undefined;
  await hub.watch({ accountId: ACCOUNT, generationId }, (opened) => {
    watcher = opened;
    return stream;
  });
  if (!watcher) throw new Error('The stream was not opened');
  return { stream, watcher };
}

const names = (stream: RecordingStream) => stream.sent.map(({ name }) => name);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const MINUTE_MS = 60_000;
/** By then a change was read. */
const GATHERED_MS = 10;

describe('the event hub', () => {
  it('reads nothing for an account without open streams', async () => {
    const { hub, state } = createHub();
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    hub.changed({ channel: 'credits', accountId: ACCOUNT });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(state.reads).toBe(0);
  });

  it('reads nothing while nothing changes, and sends heartbeats', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    const before = state.reads;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(state.reads).toBe(before);
    expect(stream.heartbeats).toBe(4);
  });

  it('reads a change once for all streams of an account', async () => {
    const { hub, state } = createHub();
    const streams = [await watch(hub), await watch(hub), await watch(hub, ID)];
    const before = state.reads;
    state.generation = aGeneration({ id: ID, version: 2 });
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(GATHERED_MS);
    expect(state.reads - before).toBe(1);
    for (const { stream } of streams) expect(names(stream)).toEqual(['snapshot', 'generation']);
  });

  it('reads changes that arrive together at once, each of them once', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    state.generation = aGeneration({ id: ID, version: 2 });
    const before = state.reads;
    hub.changed({ channel: 'credits', accountId: ACCOUNT });
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(1);
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    hub.changed({ channel: 'notification', accountId: ACCOUNT, id: 'notification' });
    hub.changed({ channel: 'marks', accountId: ACCOUNT, ids: ['avatar'] });
    await vi.advanceTimersByTimeAsync(GATHERED_MS);
    expect(state.reads - before).toBe(1);
    expect(state.changes).toEqual([
      { credits: true, generationIds: [ID], notificationIds: ['notification'], avatarIds: ['avatar'] },
    ]);
    expect(names(stream)).toEqual(['snapshot', 'credits', 'generation']);
  });

  it('reads as many changes as one statement bears, then the others', async () => {
    const { hub, state } = createHub();
    await watch(hub);
    const ids = Array.from({ length: 450 }, (_, index) => `generation-${index}`);
    for (const id of ids) hub.changed({ channel: 'generation', accountId: ACCOUNT, id });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(state.changes.map(({ generationIds }) => generationIds.length)).toEqual([200, 200, 50]);
    expect(state.changes.flatMap(({ generationIds }) => generationIds)).toEqual(ids);
  });

  it('reads a change that arrives while it reads', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    state.generation = aGeneration({ id: ID, version: 2 });
    state.duringRead = () => {
      state.duringRead = undefined;
      state.generation = aGeneration({ id: ID, version: 3 });
      hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    };
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(names(stream)).toEqual(['snapshot', 'generation', 'generation']);
  });

  it('sends the queue position again after a generation event, whose position may be older', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    const queue = { position: 3, etaSeconds: null };
    state.positions = new Map([[ACCOUNT, [{ generationId: ID, queue }]]]);
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    for (const version of [2, 3]) {
      state.generation = aGeneration({ id: ID, version, status: 'pending', queue: { position: 4, etaSeconds: null } });
      hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
    }
    expect(names(stream).slice(-4)).toEqual(['generation', 'queue', 'generation', 'queue']);
  });

  it('sends every stream a new snapshot after notifications may have been missed', async () => {
    const { hub, state } = createHub();
    const [all, one] = [await watch(hub), await watch(hub, ID)];
    state.generation = aGeneration({ id: ID, version: 7, status: 'completed' });
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(names(all.stream)).toEqual(['snapshot', 'snapshot']);
    expect(names(one.stream)).toEqual(['snapshot', 'snapshot']);
    expect(one.stream.closed).toBe(true);
    expect(all.stream.closed).toBe(false);
  });

  it('sends a snapshot when a change could not be read', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    state.failing = 2;
    state.generation = aGeneration({ id: ID, version: 2 });
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(names(stream)).toEqual(['snapshot', 'snapshot']);
  });

  it('ends streams whose snapshot still cannot be read after several attempts', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub);
    state.failing = Number.POSITIVE_INFINITY;
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(stream.closed).toBe(true);
  });

  it('ends the stream of a generation that no longer exists', async () => {
    const { hub, state } = createHub();
    const { stream } = await watch(hub, ID);
    state.generation = undefined;
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(stream.closed).toBe(true);
  });

  it('allows an account five streams, and another one after one was closed', async () => {
    const { hub, state } = createHub();
    const streams = [];
    for (let count = 0; count < 5; count += 1) streams.push(await watch(hub));
    await expect(watch(hub)).rejects.toMatchObject({ code: 'rate_limited' });
    hub.unwatch(streams[0]!.watcher);
    await watch(hub);
    expect(Math.max(...state.counts)).toBe(5);
  });

  it('releases the slot of a stream that could not be opened', async () => {
    const { hub, state } = createHub();
    state.failing = 1;
    await expect(watch(hub)).rejects.toThrow('unavailable');
    state.generation = undefined;
    await expect(watch(hub, ID)).rejects.toMatchObject({ code: 'not_found' });
    expect(state.counts.at(-1)).toBe(0);
    expect(state.slots).toBe(0);
  });

  it('ends every stream when the process closes', async () => {
    const { hub } = createHub();
    const { stream } = await watch(hub);
    hub.close();
    expect(stream.closed).toBe(true);
    await expect(watch(hub)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
