import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { createWebhook, updateWebhook, Webhook } from '#contract/webhook.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type CreateWebhook = z.input<typeof createWebhook>;

/** The user's webhook; null when there is none. */
export function useWebhook() {
  const http = useHttp();
  return useQuery<Webhook | null>({
    queryKey: keys.webhook,
    queryFn: ({ signal }) => http.get('/me/webhook', { signal }),
  });
}

export function useCreateWebhook() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: CreateWebhook; key: string }) =>
      http.post('/me/webhook', { body, idempotencyKey: key }),
    // The secret goes to the caller only and is never cached.
    onSuccess: ({ secret: _secret, ...webhook }) => client.setQueryData<Webhook | null>(keys.webhook, webhook),
  });
}

export function useUpdateWebhook() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof updateWebhook>) => http.patch('/me/webhook', { body }),
    onSuccess: (webhook) => client.setQueryData<Webhook | null>(keys.webhook, webhook),
  });
}

export function useRotateSecret() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.post('/me/webhook/secret'),
    onSuccess: ({ oldSecretUntil }) =>
      client.setQueryData<Webhook | null>(keys.webhook, (webhook) => webhook && { ...webhook, oldSecretUntil }),
  });
}

export function useDeleteWebhook() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.delete('/me/webhook'),
    onSuccess: () => client.setQueryData<Webhook | null>(keys.webhook, null),
  });
}
