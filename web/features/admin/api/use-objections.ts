import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ObjectionDecision } from '#domain/moderation/objection.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

const KEY = keys.admin('objections');

/** The oldest undecided objections. Deciding them brings up the next ones. */
export function useObjections() {
  const http = useHttp();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => http.get('/moderation/objections', { signal }),
    staleTime: 0,
  });
}

/** Allows a text for the account, or confirms its refusal. Also when another admin decided first, the list is read again. */
export function useDecideObjection(id: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: ObjectionDecision) =>
      http.post('/moderation/objections/{id}/decide', { path: { id }, body: { decision } }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
