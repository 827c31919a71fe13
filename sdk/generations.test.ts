import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aGeneration, aFailedGeneration, anAvatar } from '../contract/testing/samples.ts';
import { AvatarStudio } from './avatar-studio.ts';
import { ConnectionError, GenerationFailedError, NotFoundError } from './errors.ts';
import { json, fakeStream, fakeStudio, problem } from './testing/fake-studio.ts';

const WAITING = aGeneration({ version: 1 });
const GENERATING = aGeneration({ version: 2, status: 'processing', stage: 'generating' });
const DONE = aGeneration({ version: 3, status: 'completed', stage: 'done', avatar: anAvatar() });
const { id } = WAITING;
const CREDITS = { available: 90, held: 10, posted: 100 };
const snapshot = (...generations: unknown[]) => ({ generations, credits: CREDITS });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('generations.wait', () => {
  it('reports every state once, ignores older ones, reconnects, and returns the avatar', async () => {
    const [first, second] = [fakeStream(), fakeStream()];
    const { requests, options } = fakeStudio(first.answer, new TypeError('fetch failed'), second.answer);
    const versions: number[] = [];
    const avatar = new AvatarStudio(options).generations.wait(id, {
      onProgress: ({ version }) => versions.push(version),
    });
    await settle();
    first.event('snapshot', snapshot(WAITING, aGeneration({ id: 'another', version: 9 })));
    first.event('generation', GENERATING);
    first.event('generation', WAITING);
    await settle();
    first.cut();
    await vi.advanceTimersByTimeAsync(2_000);
    second.event('snapshot', snapshot(GENERATING));
    second.event('generation', DONE);
    expect((await avatar).avatar.id).toBe(DONE.avatar!.id);
    expect(versions).toEqual([1, 2, 3]);
    expect(requests.map(({ url }) => url.pathname)).toEqual(Array(3).fill(`/api/v1/generations/${id}/events`));
    expect(requests[2]!.signal.aborted).toBe(true);
  });

  it.each([
    ['failed', aFailedGeneration({ version: 4 }), 'The provider refused this prompt. Reword it and try again.'],
    ['was cancelled', aGeneration({ version: 4, status: 'cancelled', cancelReason: 'no more' }), 'cancelled: no more'],
    ['was refused after all', aGeneration({ status: 'requested', refusal: 'daily_limit' }), 'daily_limit'],
  ])('throws for a generation that %s', async (_what, state, message) => {
    const stream = fakeStream();
    const { options } = fakeStudio(stream.answer);
    const answer = new AvatarStudio(options).generations.wait(id).catch((error: unknown) => error);
    await settle();
    stream.event('snapshot', snapshot(state));
    const error = await answer;
    expect(error).toBeInstanceOf(GenerationFailedError);
    expect(error).toMatchObject({ message, generation: state });
  });

  it('does not retry when the generation does not exist', async () => {
    const { requests, options } = fakeStudio(problem(404, 'not_found'));
    await expect(new AvatarStudio(options).generations.wait(id)).rejects.toBeInstanceOf(NotFoundError);
    expect(requests).toHaveLength(1);
  });

  it('throws when the API stays unreachable, after retries with increasing pauses', async () => {
    const { requests, options } = fakeStudio(new TypeError('fetch failed'));
    const answer = new AvatarStudio(options).generations.wait(id).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await answer).toBeInstanceOf(ConnectionError);
    expect(requests).toHaveLength(11);
  });

  it('reopens a stream without heartbeats', async () => {
    const [silent, second] = [fakeStream(), fakeStream()];
    const { requests, options } = fakeStudio(silent.answer, second.answer);
    const answer = new AvatarStudio(options).generations.wait(id);
    await settle();
    silent.event('snapshot', snapshot(WAITING));
    await vi.advanceTimersByTimeAsync(20_000);
    silent.write(': heartbeat\n\n');
    await vi.advanceTimersByTimeAsync(37_000);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(requests).toHaveLength(2);
    second.event('snapshot', snapshot(DONE));
    expect((await answer).status).toBe('completed');
  });

  it('throws the reason of its signal, and closes the connection', async () => {
    const stream = fakeStream();
    const { requests, options } = fakeStudio(stream.answer);
    const stop = new AbortController();
    const answer = new AvatarStudio(options).generations
      .wait(id, { signal: stop.signal })
      .catch((error: unknown) => error);
    await settle();
    stream.event('snapshot', snapshot(WAITING));
    await settle();
    stop.abort(new Error('not now'));
    expect(await answer).toMatchObject({ message: 'not now' });
    expect(requests[0]!.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('generations.cancel', () => {
  it('succeeds when an earlier attempt took effect but its response was lost', async () => {
    const cancelled = aGeneration({ version: 4, status: 'cancelled' });
    const { requests, options } = fakeStudio(new TypeError('reset'), problem(409, 'conflict'), json(cancelled));
    const answer = new AvatarStudio(options).generations.cancel(id, { reason: 'no more' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await answer).status).toBe('cancelled');
    expect(requests[0]).toMatchObject({ method: 'POST', body: { reason: 'no more' } });
  });
});

describe('the event stream', () => {
  it('yields events, ignores unknown kinds, and closes the connection with the loop', async () => {
    const stream = fakeStream();
    const { requests, options } = fakeStudio(stream.answer);
    const seen = (async () => {
      const names: string[] = [];
      for await (const { name } of new AvatarStudio(options).events()) {
        names.push(name);
        if (names.length === 2) break;
      }
      return names;
    })();
    await settle();
    stream.event('snapshot', snapshot());
    stream.event('weather', { sunny: true });
    stream.event('credits', CREDITS);
    expect(await seen).toEqual(['snapshot', 'credits']);
    expect(requests[0]!.signal.aborted).toBe(true);
  });
});

describe('generations.retry', () => {
  it('sends one key however often it is sent, and returns the successor', async () => {
    const successor = aGeneration({ id: '11111111-1111-4111-8111-111111111112', retryOf: id });
    const { requests, options } = fakeStudio(problem(503, 'unavailable'), json(successor, 202));
    const retried = new AvatarStudio(options).generations.retry(id);
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await retried).retryOf).toBe(id);
    expect(requests.map(({ url }) => url.pathname)).toEqual(Array(2).fill(`/api/v1/generations/${id}/retry`));
    expect(new Set(requests.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1);
  });
});
