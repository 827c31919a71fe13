import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ConnectionError,
  InsufficientCreditsError,
  LimitError,
  NotFoundError,
  RejectedContentError,
  UnavailableError,
} from './errors.ts';
import { createTransport, type RequestInput } from './transport.ts';
import { json, fakeStudio, problem } from './testing/fake-studio.ts';

const READ: RequestInput = { method: 'GET', path: '/api/v1/me' };
const CREATE: RequestInput = { method: 'POST', path: '/api/v1/projects', body: { name: 'a' }, idempotencyKey: 'k' };
const NO_ANSWER = new TypeError('fetch failed');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The result or the error, after all timers have run. */
async function outcome<Result>(work: Promise<Result>): Promise<Result | Error> {
  const settled = work.catch((error: unknown) => error as Error);
  await vi.runAllTimersAsync();
  return settled;
}

describe('an API call', () => {
  it('sends the token, the key and the body, and returns the response', async () => {
    const { requests, options } = fakeStudio(json({ id: 1 }));
    expect(await outcome(createTransport(options, { 'X-On-Behalf-Of': 'ada' }).json(CREATE))).toEqual({ id: 1 });
    expect(requests[0]).toMatchObject({ method: 'POST', body: { name: 'a' } });
    expect(requests[0]!.url.href).toBe('http://studio.test/api/v1/projects');
    expect(Object.fromEntries(requests[0]!.headers)).toMatchObject({
      authorization: 'Bearer secret',
      'idempotency-key': 'k',
      'x-on-behalf-of': 'ada',
    });
  });

  it('gets the token for every attempt, and does not report a missing token as a connection error', async () => {
    const { requests, options } = fakeStudio(NO_ANSWER, json({}));
    const tokens = ['old', 'new'];
    await outcome(createTransport({ ...options, token: async () => tokens.shift()! }).json(READ));
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    const locked = createTransport({ ...options, token: () => Promise.reject(new Error('vault is locked')) });
    expect(await outcome(locked.json(READ))).toMatchObject({ message: 'vault is locked' });
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['a lost connection', NO_ANSWER],
    ['503', problem(503, 'unavailable')],
    ['502 of a proxy', new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['429 rate_limited', problem(429, 'rate_limited', {}, { 'Retry-After': '1' })],
  ])('is retried after %s, with the same key', async (_what, answer) => {
    const { requests, options } = fakeStudio(answer, answer, json({ ok: true }));
    expect(await outcome(createTransport(options).json(CREATE))).toEqual({ ok: true });
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['k', 'k', 'k']);
  });

  it.each([
    ['400', problem(400, 'validation_failed')],
    ['402', problem(402, 'insufficient_credits')],
    ['a daily limit', problem(429, 'daily_limit', {}, { 'Retry-After': '1' })],
    ['500', problem(500, 'internal')],
    ['a Retry-After above the limit', problem(503, 'unavailable', {}, { 'Retry-After': '3600' })],
  ])('is not retried after %s', async (_what, answer) => {
    const { requests, options } = fakeStudio(answer);
    expect(await outcome(createTransport(options).json(CREATE))).toBeInstanceOf(Error);
    expect(requests).toHaveLength(1);
  });

  it('without a key is only retried when it certainly had no effect', async () => {
    const { idempotencyKey: _none, ...once } = CREATE;
    for (const answer of [NO_ANSWER, problem(503, 'unavailable')]) {
      const { requests, options } = fakeStudio(answer);
      await outcome(createTransport(options).json(once));
      expect(requests).toHaveLength(1);
    }
    const { requests, options } = fakeStudio(problem(429, 'rate_limited'), json({}));
    await outcome(createTransport(options).json(once));
    expect(requests).toHaveLength(2);
  });

  it('throws ConnectionError after its retries', async () => {
    const { requests, options } = fakeStudio(NO_ANSWER);
    expect(await outcome(createTransport({ ...options, maxRetries: 2 }).json(READ))).toBeInstanceOf(ConnectionError);
    expect(requests).toHaveLength(3);
  });

  it('waits at least as long as Retry-After', async () => {
    const busy = problem(503, 'unavailable', {}, { 'Retry-After': '7' });
    const { requests, options } = fakeStudio(busy, json({}));
    const answer = createTransport(options).json(READ);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(requests).toHaveLength(2);
    expect(await answer).toEqual({});
  });

  it('is aborted when no response arrives in time', async () => {
    const silence = ({ signal }: { signal: AbortSignal }) =>
      new Promise<Response>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    const { requests, options } = fakeStudio(silence, json({ late: false }));
    expect(await outcome(createTransport({ ...options, timeoutMs: 50 }).json(READ))).toEqual({ late: false });
    expect(requests).toHaveLength(2);
  });

  it('throws the reason of its signal, also during the pause between two attempts', async () => {
    const { requests, options } = fakeStudio(NO_ANSWER);
    const stop = new AbortController();
    const answer = outcome(createTransport(options).json({ ...READ, signal: stop.signal }));
    await Promise.resolve();
    stop.abort(new Error('changed my mind'));
    expect(await answer).toMatchObject({ message: 'changed my mind' });
    expect(requests.length).toBeLessThan(3);
    const already = createTransport(options).json({ ...READ, signal: stop.signal });
    expect(await outcome(already)).toMatchObject({ message: 'changed my mind' });
  });
});

describe('a RefusedError', () => {
  it('has the class of its code, and the problem of the response', async () => {
    const details = { detail: 'This costs 10 credits, and 4 are available', required: 10, available: 4 };
    const { options } = fakeStudio(problem(402, 'insufficient_credits', details));
    const error = await outcome(createTransport(options).json(CREATE));
    expect(error).toBeInstanceOf(InsufficientCreditsError);
    expect(error).toMatchObject({ message: details.detail, required: 10, available: 4, requestId: 'r-1', status: 402 });
  });

  it('of a prompt contains the broken rule and the path of the text', async () => {
    const errors = [{ path: 'prompt', message: 'Leave them out.' }];
    const { options } = fakeStudio(problem(422, 'prompt_not_allowed', { rule: 'hate', errors }));
    const error = await outcome(createTransport(options).json(CREATE));
    expect(error).toBeInstanceOf(RejectedContentError);
    expect(error).toMatchObject({ rule: 'hate', errors, status: 422 });
  });

  it('of a limit contains the time to wait', async () => {
    const { options } = fakeStudio(problem(429, 'daily_limit', {}, { 'Retry-After': '120' }));
    const error = await outcome(createTransport(options).json(CREATE));
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({ code: 'daily_limit', retryAfterMs: 120_000 });
  });

  it.each([
    ['an unknown code', problem(404, 'gone_fishing'), NotFoundError],
    ['a response that is not JSON', new Response('<html>', { status: 404 }), NotFoundError],
    ["a proxy's gateway timeout", new Response('', { status: 504 }), UnavailableError],
  ])('is classified by status for %s', async (_what, answer, family) => {
    const { options } = fakeStudio(answer);
    expect(await outcome(createTransport({ ...options, maxRetries: 0 }).json(READ))).toBeInstanceOf(family);
  });
});
