import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ApiKey, createApiKey } from '#contract/api-key.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type CreateApiKey = z.input<typeof createApiKey>;

/** The user's API keys, newest first. */
export function useApiKeys() {
  const http = useHttp();
  return useQuery<{ data: ApiKey[] }>({
    queryKey: keys.apiKeys,
    queryFn: ({ signal }) => http.get('/me/api-keys', { signal }),
  });
}

/** The key goes to the caller only and is never cached. */
export function useCreateApiKey() {
  const http = useHttp();
  return useMutation({
    mutationFn: (body: CreateApiKey) => http.post('/me/api-keys', { body }),
    onSuccess: useReadAgain(),
  });
}

export function useRotateApiKey() {
  const http = useHttp();
  return useMutation({
    mutationFn: (id: string) => http.post('/me/api-keys/{id}/rotate', { path: { id } }),
    onSuccess: useReadAgain(),
  });
}

export function useRevokeApiKey() {
  const http = useHttp();
  return useMutation({
    mutationFn: (id: string) => http.delete('/me/api-keys/{id}', { path: { id } }),
    onSuccess: useReadAgain(),
  });
}

function useReadAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.apiKeys });
}
