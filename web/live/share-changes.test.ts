import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { shareChanges } from './share-changes.ts';

/** A tab that shows one avatar. `receive` delivers what another tab has sent. */
function openTab() {
  const client = new QueryClient();
  const read = vi.fn<() => Promise<string>>(async () => 'here');
  const [target, sent] = [new EventTarget(), vi.fn<(message: string) => void>()];
  const channel = Object.assign(target, { postMessage: sent, close: vi.fn<() => void>() });
  new QueryObserver(client, { queryKey: ['avatar', 'a'], queryFn: read }).subscribe(() => {});
  const end = shareChanges(client, channel as unknown as BroadcastChannel);
  return { client, read, sent, end, channel, receive: () => target.dispatchEvent(new Event('message')) };
}

it('a tab reads again what it shows when another tab has changed something, and only then', async () => {
  const [one, two] = [openTab(), openTab()];
  await vi.waitFor(() => expect(two.client.getQueryData(['avatar', 'a'])).toBe('here'));
  const change = (mutationFn: () => Promise<void>) =>
    one.client.getMutationCache().build(one.client, { mutationFn, retry: false }).execute(undefined);
  await change(async () => Promise.reject(new Error('refused'))).catch(() => {});
  expect(one.sent).not.toHaveBeenCalled();
  await change(async () => {});
  expect(one.sent).toHaveBeenCalledExactlyOnceWith('changed');
  two.receive();
  expect([one.read.mock.calls.length, two.read.mock.calls.length]).toEqual([1, 2]);
  one.end();
  two.end();
  expect(two.channel.close).toHaveBeenCalledOnce();
});
