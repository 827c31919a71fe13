import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { adminAccount } from '#contract/admin-account.ts';
import type { AssignableTier } from '#domain/generation/tier.ts';
import { randomId } from '#web/browser/random-id.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type AdminAccount = z.infer<typeof adminAccount>;

/** An account as admins see it. Every read is recorded in the audit log. */
export function useAdminAccount(accountId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.admin('account', accountId),
    queryFn: ({ signal }) => http.get('/admin/accounts/{id}', { path: { id: accountId }, signal }),
    staleTime: 0,
  });
}

/** Grants the starter credits that were withheld. Repeating the request changes nothing. */
export function useGrantStarterCredits(accountId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.post('/admin/accounts/{id}/starter-credits', { path: { id: accountId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.admin('account', accountId) }),
  });
}

/** Blocks the account, which cancels what it has not finished, or unblocks it. */
export function useAccountBlock(accountId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { blocked: boolean; reason: string }) =>
      http.post('/admin/accounts/{id}/block', { path: { id: accountId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.admin('account', accountId) }),
  });
}

/**
 * Grants credits. A request that is sent again after a failure has the id of the one before, so that it never adds the credits twice.
 */
export function useGrantCredits(accountId: string) {
  const http = useHttp();
  const client = useQueryClient();
  const [grantId] = useState(randomId);
  return useMutation({
    mutationFn: (grant: { amount: number; reason: string }) =>
      http.post('/admin/accounts/{id}/credits', { path: { id: accountId }, body: { grantId, ...grant } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.admin('account', accountId) }),
  });
}

/** Sets the account's tier; null lets it follow the sign-in again. */
export function useAccountTier(accountId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { tier: AssignableTier | null; reason: string }) =>
      http.post('/admin/accounts/{id}/tier', { path: { id: accountId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.admin('account', accountId) }),
  });
}

/** Refunds the full price of a delivered avatar. Repeating the request changes nothing. */
export function useRefund(accountId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (refund: { generationId: string; reason: string }) =>
      http.post('/admin/accounts/{id}/refund', { path: { id: accountId }, body: refund }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.admin('account', accountId) }),
  });
}
