import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createQueryClient } from '../query/query-client.ts';
import { TokenRenewalContext, TokenStoreContext } from '../session/session-context.ts';
import { renderInStudio } from '../testing/render-in-studio.tsx';
import { LiveEvents, useConnectionState } from './live-events.tsx';

/** The longest pause between two tries. */
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

it('tries again at once when any request of the page was answered, and when the page is looked at again', async () => {
  const queries = createQueryClient();
  renderInStudio(
    <TokenStoreContext value={tokens}>
      <TokenRenewalContext value={renewal}>
        <LiveEvents url="/events">
          <State />
        </LiveEvents>
      </TokenRenewalContext>
    </TokenStoreContext>,
    { queries },
  );
  // So often refused that it waits its longest.
  await act(() => vi.advanceTimersByTimeAsync(4 * LONGEST_MS));
  expect(screen.getByRole('status').textContent).toBe('reconnecting');
  const tries = () => fetch.mock.calls.length;
  const before = tries();

  await act(() => queries.fetchQuery({ queryKey: ['credits'], queryFn: async () => 90 }));
  expect(tries()).toBe(before + 1);
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')));
  expect(tries()).toBe(before + 2);
});
