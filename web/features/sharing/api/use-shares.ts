import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CreateShare, Share, SharedAvatar } from '#contract/share.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** The links to an avatar that have not ended, newest first. */
export function useShares(avatarId: string) {
  const http = useHttp();
  return useQuery<{ data: Share[] }>({
    queryKey: keys.shares(avatarId),
    queryFn: ({ signal }) => http.get('/avatars/{id}/shares', { path: { id: avatarId }, signal }),
  });
}

/** The token goes to the caller only and is never cached. */
export function useCreateShare(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: (body: CreateShare) => http.post('/avatars/{id}/shares', { path: { id: avatarId }, body }),
    // Another attempt would create a second link.
    retry: false,
    onSettled: useReadAgain(avatarId),
  });
}

export function useRevokeShare(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: (id: string) => http.delete('/shares/{id}', { path: { id } }),
    onSettled: useReadAgain(avatarId),
  });
}

function useReadAgain(avatarId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.shares(avatarId) });
}

/** What a link shows; for a visitor, who may have no account. */
export function useShared(token: string) {
  const http = useHttp();
  return useQuery<SharedAvatar>({
    queryKey: keys.shared(token),
    queryFn: ({ signal }) => http.get('/shared/{token}', { path: { token }, signal }),
  });
}
