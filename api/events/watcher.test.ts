import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aGeneration } from '#contract/testing/samples.ts';
import { recordingStream, type RecordingStream } from '../testing/recording-stream.ts';
import { liveEvent } from './live-event.ts';
import { createWatcher } from './watcher.ts';

const GENERATION = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';
const OTHER_GENERATION = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a02';
const credits = { available: 90, held: 10, posted: 100 };
const generation = (id: string, version: number, status: 'pending' | 'processing' | 'completed' = 'pending') =>
  liveEvent('generation', aGeneration({ id, version, status }));
const snapshot = (...events: ReturnType<typeof generation>[]) =>
  liveEvent('snapshot', { generations: events.map(({ data }) => data), credits });

let stream: RecordingStream;
const versions = () =>
  stream.sent.map(({ name, data }) => (name === 'generation' ? (data as { version: number }).version : name));

beforeEach(() => {
  stream = recordingStream();
});

describe('a watcher of all events', () => {
  it('starts with the snapshot, then sends newer events that arrived meanwhile', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.deliver(generation(GENERATION, 3));
    watcher.open(stream, snapshot(generation(GENERATION, 2)));
    expect(versions()).toEqual(['snapshot', 3]);
  });

  it('drops a version that is not newer than the last one sent', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.deliver(generation(GENERATION, 1));
    watcher.deliver(generation(GENERATION, 2));
    watcher.open(stream, snapshot(generation(GENERATION, 2)));
    for (const version of [2, 4, 3, 4, 5]) watcher.deliver(generation(GENERATION, version));
    expect(versions()).toEqual(['snapshot', 4, 5]);
  });

  it('compares versions per generation', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot(generation(GENERATION, 9)));
    watcher.deliver(generation(OTHER_GENERATION, 1));
    expect(versions()).toEqual(['snapshot', 1]);
  });

  it('stays open after a generation reaches its final status', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.deliver(generation(GENERATION, 2, 'completed'));
    expect(stream.closed).toBe(false);
  });

  it('buffers events while a new snapshot is read, so that no older version follows a newer one', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.awaitSnapshot();
    watcher.deliver(generation(GENERATION, 6));
    watcher.deliver(snapshot(generation(GENERATION, 5)));
    watcher.deliver(generation(GENERATION, 5));
    expect(versions()).toEqual(['snapshot', 'snapshot', 6]);
  });

  it('sends credit events', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.deliver(liveEvent('credits', credits));
    expect(stream.sent.at(-1)).toEqual({ name: 'credits', data: credits });
  });

  it('ends the stream when too many events are buffered', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.awaitSnapshot();
    for (let version = 1; version <= 1_001; version += 1) watcher.deliver(generation(GENERATION, version));
    expect(stream.closed).toBe(true);
  });
});

describe('a watcher whose token expires', () => {
  it('sends nothing from then on, and ends', () => {
    vi.useFakeTimers();
    try {
      const watcher = createWatcher({ accountId: 'a', generationId: undefined, expiresAtMs: Date.now() + 1_000 });
      watcher.open(stream, snapshot());
      vi.advanceTimersByTime(999);
      watcher.deliver(liveEvent('credits', credits));
      watcher.heartbeat();
      expect([stream.heartbeats, stream.closed]).toEqual([1, false]);
      vi.advanceTimersByTime(1);
      watcher.deliver(liveEvent('credits', credits));
      expect(stream.closed).toBe(true);
      watcher.heartbeat();
      expect([versions(), stream.heartbeats]).toEqual([['snapshot', 'credits'], 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends at the next heartbeat when nothing is delivered', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined, expiresAtMs: Date.now() });
    watcher.open(stream, snapshot());
    watcher.heartbeat();
    expect([stream.heartbeats, stream.closed]).toEqual([0, true]);
  });
});

describe('a watcher of one generation', () => {
  it('sends nothing about other generations', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: GENERATION });
    watcher.open(stream, snapshot(generation(GENERATION, 1)));
    watcher.deliver(generation(OTHER_GENERATION, 5));
    watcher.deliver(liveEvent('credits', credits));
    const queue = { position: 2, etaSeconds: null };
    watcher.deliver(liveEvent('queue', { positions: [{ generationId: OTHER_GENERATION, queue }] }));
    expect(versions()).toEqual(['snapshot']);
  });

  it('sends its own queue position', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: GENERATION });
    watcher.open(stream, snapshot(generation(GENERATION, 1)));
    const queue = { position: 2, etaSeconds: null };
    const positions = [GENERATION, OTHER_GENERATION].map((generationId) => ({ generationId, queue }));
    watcher.deliver(liveEvent('queue', { positions }));
    expect(stream.sent.at(-1)).toEqual({ name: 'queue', data: { positions: [{ generationId: GENERATION, queue }] } });
  });

  it('ends after the final status', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: GENERATION });
    watcher.open(stream, snapshot(generation(GENERATION, 1)));
    watcher.deliver(generation(GENERATION, 2, 'processing'));
    expect(stream.closed).toBe(false);
    watcher.deliver(generation(GENERATION, 3, 'completed'));
    expect(versions()).toEqual(['snapshot', 2, 3]);
    expect(stream.closed).toBe(true);
  });

  it('ends at once for a generation that has already ended', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: GENERATION });
    watcher.open(stream, snapshot(generation(GENERATION, 8, 'completed')));
    expect(versions()).toEqual(['snapshot']);
    expect(stream.closed).toBe(true);
  });

  it('ends as soon as it opens when it was ended before', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: GENERATION });
    watcher.end();
    watcher.open(stream, snapshot(generation(GENERATION, 1)));
    expect(stream.closed).toBe(true);
    expect(stream.sent).toEqual([]);
  });
});
