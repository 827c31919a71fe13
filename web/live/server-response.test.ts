import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { onServerResponse } from './server-response.ts';

it('hears answers to queries and mutations, not failures and not what the page writes itself', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const onHeard = vi.fn<() => void>();
  const end = onServerResponse(client, onHeard);
  const mutate = (mutationFn: () => Promise<number>) =>
    client.getMutationCache().build(client, { mutationFn }).execute(undefined);

  client.setQueryData(['credits'], 5);
  await client.fetchQuery({ queryKey: ['away'], queryFn: () => Promise.reject(new Error('away')) }).catch(() => {});
  await mutate(() => Promise.reject(new Error('away'))).catch(() => {});
  expect(onHeard).not.toHaveBeenCalled();

  await client.fetchQuery({ queryKey: ['projects'], queryFn: async () => 1 });
  expect(onHeard).toHaveBeenCalledTimes(1);
  await mutate(async () => 1);
  expect(onHeard).toHaveBeenCalledTimes(2);

  end();
  await mutate(async () => 1);
  expect(onHeard).toHaveBeenCalledTimes(2);
});
