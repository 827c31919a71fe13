import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RequestFailed } from '../http/request-failed.ts';
import { useErrorMessage } from './use-error-message.ts';

const HOUR_MS = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T11:00:00Z') }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Message({ error }: { readonly error: unknown }) {
  return <p role="alert">{useErrorMessage(error)}</p>;
}
const shown = () => screen.getByRole('alert').textContent;

it('the message of a limit counts down, and says by itself that the limit has ended', async () => {
  const limitEndsAt = new Date(Date.now() + 2 * HOUR_MS);
  const failure = { code: 'daily_limit', status: 429, message: 'Daily limit', limitEndsAt } as const;
  render(<Message error={new RequestFailed(failure)} />);
  expect(shown()).toMatch(/^You reached today’s limit\. Try again (tomorrow )?at \d\d:\d\d \(in 2\u00A0h\)\.$/u);
  await act(() => vi.advanceTimersByTimeAsync(1.5 * HOUR_MS));
  expect(shown()).toMatch(/\(in 30\u00A0min\)\.$/u);
  await act(() => vi.advanceTimersByTimeAsync(0.5 * HOUR_MS + 1_500));
  expect(shown()).toBe('You reached today’s limit. You can try again now.');
  expect(vi.getTimerCount()).toBe(0);
});

it('any other failure has its own message, and none has none', () => {
  render(<Message error={new RequestFailed({ code: 'not_found', status: 404, message: 'Not there.' })} />);
  expect(shown()).toBe('Not there.');
  cleanup();
  render(<Message error={null} />);
  expect(shown()).toBe('');
});
