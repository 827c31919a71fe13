import { beforeEach, describe, expect, it } from 'vitest';
import { aGeneration } from '#contract/testing/samples.ts';
import { recordingStream, type RecordingStream } from '../testing/recording-stream.ts';
import { liveEvent } from './live-event.ts';
import { createWatcher } from './watcher.ts';

const ONE = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a01';
const OTHER = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a02';
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

describe('a watcher of everything', () => {
  it('begins with the snapshot, and then says what came in meanwhile', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.deliver(generation(ONE, 3));
    watcher.open(stream, snapshot(generation(ONE, 2)));
    expect(versions()).toEqual(['snapshot', 3]);
  });

  it('drops what is not newer than what it said', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.deliver(generation(ONE, 1));
    watcher.deliver(generation(ONE, 2));
    watcher.open(stream, snapshot(generation(ONE, 2)));
    for (const version of [2, 4, 3, 4, 5]) watcher.deliver(generation(ONE, version));
    expect(versions()).toEqual(['snapshot', 4, 5]);
  });

  it('keeps the versions of two generations apart', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot(generation(ONE, 9)));
    watcher.deliver(generation(OTHER, 1));
    expect(versions()).toEqual(['snapshot', 1]);
  });

  it('goes on after a final state', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.deliver(generation(ONE, 2, 'completed'));
    expect(stream.closed).toBe(false);
  });

  it('holds events back while a new snapshot is read, so that it never goes back in time', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.awaitSnapshot();
    watcher.deliver(generation(ONE, 6));
    watcher.deliver(snapshot(generation(ONE, 5)));
    watcher.deliver(generation(ONE, 5));
    expect(versions()).toEqual(['snapshot', 'snapshot', 6]);
  });

  it('hears credits and notifications', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.deliver(liveEvent('credits', credits));
    expect(stream.sent.at(-1)).toEqual({ name: 'credits', data: credits });
  });

  it('gives up rather than hold back without end', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: undefined });
    watcher.open(stream, snapshot());
    watcher.awaitSnapshot();
    for (let version = 1; version <= 1_001; version += 1) watcher.deliver(generation(ONE, version));
    expect(stream.closed).toBe(true);
  });
});

describe('a watcher of one generation', () => {
  it('hears nothing of others', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: ONE });
    watcher.open(stream, snapshot(generation(ONE, 1)));
    watcher.deliver(generation(OTHER, 5));
    watcher.deliver(liveEvent('credits', credits));
    const queue = { position: 2, etaSeconds: null };
    watcher.deliver(liveEvent('queue', { positions: [{ generationId: OTHER, queue }] }));
    expect(versions()).toEqual(['snapshot']);
  });

  it('hears its own place', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: ONE });
    watcher.open(stream, snapshot(generation(ONE, 1)));
    const queue = { position: 2, etaSeconds: null };
    const positions = [ONE, OTHER].map((generationId) => ({ generationId, queue }));
    watcher.deliver(liveEvent('queue', { positions }));
    expect(stream.sent.at(-1)).toEqual({ name: 'queue', data: { positions: [{ generationId: ONE, queue }] } });
  });

  it('ends after the final state', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: ONE });
    watcher.open(stream, snapshot(generation(ONE, 1)));
    watcher.deliver(generation(ONE, 2, 'processing'));
    expect(stream.closed).toBe(false);
    watcher.deliver(generation(ONE, 3, 'completed'));
    expect(versions()).toEqual(['snapshot', 2, 3]);
    expect(stream.closed).toBe(true);
  });

  it('ends at once when it was final before', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: ONE });
    watcher.open(stream, snapshot(generation(ONE, 8, 'completed')));
    expect(versions()).toEqual(['snapshot']);
    expect(stream.closed).toBe(true);
  });

  it('ends as soon as it opens when the process is closing', () => {
    const watcher = createWatcher({ accountId: 'a', generationId: ONE });
    watcher.end();
    watcher.open(stream, snapshot(generation(ONE, 1)));
    expect(stream.closed).toBe(true);
    expect(stream.sent).toEqual([]);
  });
});
