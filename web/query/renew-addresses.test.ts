import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { keys } from './keys.ts';
import { renewAddresses } from './renew-addresses.ts';

const MINUTE_MS = 60_000;

/** A list on the page whose addresses all change with each request. */
function shownList(client: QueryClient, queryKey: readonly unknown[], names: readonly string[]) {
  let version = 0;
  const queryFn = vi.fn<() => Promise<object>>(async () => {
    version += 1;
    return { pages: [{ data: names.map((name) => ({ name, thumbnailUrl: `https://${name}.test/${version}` })) }] };
  });
  const observer = new QueryObserver(client, { queryKey, queryFn });
  observer.subscribe(() => {});
  return { queryFn, loaded: () => vi.waitFor(() => expect(observer.getCurrentResult().isFetching).toBe(false)) };
}

it('reads only the lists with the address again, each once, however many images break and stay broken', async () => {
  const client = new QueryClient();
  const gallery = shownList(client, ['avatars', 'p'], ['a', 'b', 'c']);
  const covers = shownList(client, ['projects'], ['a', 'x']);
  const presets = shownList(client, ['presets'], ['y']);
  await Promise.all([gallery.loaded(), covers.loaded(), presets.loaded()]);
  const refreshLive = vi.fn<() => void>();
  const broken = (address: string, nowMs: number) => renewAddresses(client, address, nowMs, refreshLive);
  for (const name of ['a', 'b', 'c']) broken(`https://${name}.test/1`, 0);
  await Promise.all([gallery.loaded(), covers.loaded()]);
  for (let second = 1; second < 60; second += 1) broken('https://a.test/2', second * 1_000);
  await Promise.all([gallery.loaded(), covers.loaded()]);
  const requests = () => [gallery, covers, presets].map(({ queryFn }) => queryFn.mock.calls.length);
  expect(requests()).toEqual([2, 2, 1]);

  broken('https://b.test/2', 120 * MINUTE_MS);
  await gallery.loaded();
  expect(requests()).toEqual([3, 2, 1]);
  expect(refreshLive).not.toHaveBeenCalled();
});

it('requests a new snapshot for the generations in progress, once', () => {
  const client = new QueryClient();
  client.setQueryData(keys.live, { byId: { g: { avatar: { thumbnailUrl: 'https://a.test/1' } } }, endedAtMs: {} });
  const refreshLive = vi.fn<() => void>();
  for (const nowMs of [0, 1, 2]) renewAddresses(client, 'https://a.test/1', nowMs, refreshLive);
  expect(refreshLive).toHaveBeenCalledOnce();
});
