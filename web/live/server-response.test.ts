import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { onServerResponse } from './server-response.ts';

it('onServerResponse reports successful queries and mutations, not failures or manual cache writes', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const onResponse = vi.fn<() => void>();
  const unsubscribe = onServerResponse(client, onResponse);
  const mutate = (mutationFn: () => Promise<number>) =>
    client.getMutationCache().build(client, { mutationFn }).execute(undefined);

  client.setQueryData(['credits'], 5);
  await client
    .fetchQuery({ queryKey: ['unavailable'], queryFn: () => Promise.reject(new Error('unavailable')) })
    .catch(() => {});
  await mutate(() => Promise.reject(new Error('unavailable'))).catch(() => {});
  expect(onResponse).not.toHaveBeenCalled();

  await client.fetchQuery({ queryKey: ['projects'], queryFn: async () => 1 });
  expect(onResponse).toHaveBeenCalledTimes(1);
  await mutate(async () => 1);
  expect(onResponse).toHaveBeenCalledTimes(2);

  unsubscribe();
  await mutate(async () => 1);
  expect(onResponse).toHaveBeenCalledTimes(2);
});
