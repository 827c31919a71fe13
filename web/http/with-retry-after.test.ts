import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RequestFailed } from './request-failed.ts';
import { withRetryAfter } from './with-retry-after.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limited = (retryAfterMs?: number) =>
  new RequestFailed({ code: 'rate_limited', status: 429, message: 'Too many', retryAfterMs });
const never = new AbortController().signal;

it('sends again when the API says when, and no earlier', async () => {
  const send = vi.fn<() => Promise<string>>().mockRejectedValueOnce(limited(20_000)).mockResolvedValue('done');
  const reply = withRetryAfter(send, never);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(send).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await reply).toBe('done');
});

it.each([
  ['without a time', limited(), 1],
  ['for hours', limited(3_600_000), 1],
  ['for ever', limited(1_000), 5],
])('gives up on a limit %s', async (_name, error, tries) => {
  const send = vi.fn<() => Promise<string>>().mockRejectedValue(error);
  const reply = withRetryAfter(send, never).catch((failure: unknown) => failure);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await reply).toBe(error);
  expect(send).toHaveBeenCalledTimes(tries);
});

it('stops waiting when it is aborted', async () => {
  const controller = new AbortController();
  const send = vi.fn<() => Promise<string>>().mockRejectedValue(limited(20_000));
  const enough = new Error('enough');
  const reply = withRetryAfter(send, controller.signal).catch((failure: unknown) => failure);
  await vi.advanceTimersByTimeAsync(10);
  controller.abort(enough);
  expect(await reply).toBe(enough);
  expect(send).toHaveBeenCalledTimes(1);
});
