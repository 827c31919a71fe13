import { useQuery } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/**
 * An avatar as this page knows it, marks included. Begins with what the event stream brought, and is read again when another tab has
 * changed something.
 */
export function useKnownAvatar(received: Avatar): Avatar {
  const http = useHttp();
  const { data } = useQuery({
    queryKey: keys.avatar(received.id),
    queryFn: ({ signal }) => http.get('/avatars/{id}', { path: { id: received.id }, signal }),
    initialData: received,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
