import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createQueryClient } from '../query/query-client.ts';
import { TokenRenewalContext, TokenStoreContext } from '../auth/auth-context.ts';
import { renderInStudio } from '../testing/render-in-studio.tsx';
import { LiveEvents, useConnectionState } from './live-events.tsx';

/** The longest pause between two connection attempts. */
const LONGEST_MS = 30_000;
const session = { token: 'secret', expiresAtMs: Number.POSITIVE_INFINITY };
const tokens = { current: () => session, subscribe: () => () => {}, set: () => {}, clear: () => {} };
const renewal = { renew: async () => undefined, end: () => {} };
const fetch = vi.fn<typeof globalThis.fetch>(async () => {
  throw new TypeError('network');
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
  vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as never); // each tab has a stream of its own
  vi.stubGlobal('fetch', fetch);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function State() {
  return <p role="status">{useConnectionState()}</p>;
}

it('LiveEvents reconnects at once when another request succeeds and when the page becomes visible', async () => {
  const queries = createQueryClient();
  renderInStudio(
    <TokenStoreContext value={tokens}>
      <TokenRenewalContext value={renewal}>
        <LiveEvents url="/events" isOnScreen={() => false}>
          <State />
        </LiveEvents>
      </TokenRenewalContext>
    </TokenStoreContext>,
    { queries },
  );
  // After this many failures the backoff is at its maximum.
  await act(() => vi.advanceTimersByTimeAsync(4 * LONGEST_MS));
  expect(screen.getByRole('status').textContent).toBe('reconnecting');
  const attempts = () => fetch.mock.calls.length;
  const before = attempts();

  await act(() => queries.fetchQuery({ queryKey: ['credits'], queryFn: async () => 90 }));
  expect(attempts()).toBe(before + 1);
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')));
  expect(attempts()).toBe(before + 2);
});
