import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { createLog } from '../log.ts';
import { aGeneration } from '#contract/testing/samples.ts';
import { recordingStream, type RecordingStream } from '../testing/recording-stream.ts';
import type { QueuePositions } from './queue-positions-feed.ts';
import { createEventHub, type EventHub, type LiveReads } from './hub.ts';
import type { Watcher } from './watcher.ts';

const ID = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';
const ACCOUNT = 'account-a';

/** The database as the hub sees it, with one generation and faults on demand. */
function world() {
  const state = {
    generation: aGeneration({ id: ID }) as Generation | undefined,
    failing: 0,
    reads: 0,
    slots: 0,
    counts: [] as number[],
    positions: new Map() as QueuePositions,
  };
  const read = <Value>(value: () => Value): Promise<Value> => {
    state.reads += 1;
    if (state.failing > 0) {
      state.failing -= 1;
      return Promise.reject(new Error('away'));
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
    generation: () => read(() => state.generation),
    credits: () => read(() => credits),
    notification: () => read(() => undefined),
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
    log: createLog('silent'),
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

describe('the hub', () => {
  it('reads nothing for an account that nobody watches', async () => {
    const { hub, state } = world();
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    hub.changed({ channel: 'credits', accountId: ACCOUNT });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(state.reads).toBe(0);
  });

  it('reads nothing while nothing changes, and keeps streams alive by heartbeats', async () => {
    const { hub, state } = world();
    const { stream } = await watch(hub);
    const before = state.reads;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(state.reads).toBe(before);
    expect(stream.heartbeats).toBe(4);
  });

  it('reads one change once for all streams of an account', async () => {
    const { hub, state } = world();
    const streams = [await watch(hub), await watch(hub), await watch(hub, ID)];
    const before = state.reads;
    state.generation = aGeneration({ id: ID, version: 2 });
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.reads - before).toBe(1);
    for (const { stream } of streams) expect(names(stream)).toEqual(['snapshot', 'generation']);
  });

  it('tells the queue in the queue once more after a change that carried one, which may have been an older queue', async () => {
    const { hub, state } = world();
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

  it('gives every stream a new snapshot after it could not hear', async () => {
    const { hub, state } = world();
    const [all, one] = [await watch(hub), await watch(hub, ID)];
    state.generation = aGeneration({ id: ID, version: 7, status: 'completed' });
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(names(all.stream)).toEqual(['snapshot', 'snapshot']);
    expect(names(one.stream)).toEqual(['snapshot', 'snapshot']);
    expect(one.stream.closed).toBe(true);
    expect(all.stream.closed).toBe(false);
  });

  it('turns a change that could not be read into a snapshot', async () => {
    const { hub, state } = world();
    const { stream } = await watch(hub);
    state.failing = 2;
    state.generation = aGeneration({ id: ID, version: 2 });
    hub.changed({ channel: 'generation', accountId: ACCOUNT, id: ID });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(names(stream)).toEqual(['snapshot', 'snapshot']);
  });

  it('ends streams whose snapshot can not be read for long, so that their readers come again', async () => {
    const { hub, state } = world();
    const { stream } = await watch(hub);
    state.failing = Number.POSITIVE_INFINITY;
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(stream.closed).toBe(true);
  });

  it('ends the stream of a generation that is gone', async () => {
    const { hub, state } = world();
    const { stream } = await watch(hub, ID);
    state.generation = undefined;
    hub.refreshAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(stream.closed).toBe(true);
  });

  it('lets an account have five streams and a sixth after one has left', async () => {
    const { hub, state } = world();
    const streams = [];
    for (let count = 0; count < 5; count += 1) streams.push(await watch(hub));
    await expect(watch(hub)).rejects.toMatchObject({ code: 'rate_limited' });
    hub.unwatch(streams[0]!.watcher);
    await watch(hub);
    expect(Math.max(...state.counts)).toBe(5);
  });

  it('does not count a stream that could not begin', async () => {
    const { hub, state } = world();
    state.failing = 1;
    await expect(watch(hub)).rejects.toThrow('away');
    state.generation = undefined;
    await expect(watch(hub, ID)).rejects.toMatchObject({ code: 'not_found' });
    expect(state.counts.at(-1)).toBe(0);
    expect(state.slots).toBe(0);
  });

  it('ends every stream when the process closes', async () => {
    const { hub } = world();
    const { stream } = await watch(hub);
    hub.close();
    expect(stream.closed).toBe(true);
    await expect(watch(hub)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
