import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInOptions } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useTokenStore } from '#web/session/session-context.ts';

const SECOND_MS = 1_000;
/** An address may name anybody; the API says who is one. */
type DemoUser = SignInOptions['demo'][number]['user'];

export function useSignInOptions() {
  const http = useHttp();
  return useQuery({
    queryKey: keys.signInOptions,
    queryFn: ({ signal }) => http.get('/sign-in-options', { signal }),
  });
}

/** Signs in as one of the demo people; the cache of whoever was here before is emptied. */
export function useDemoSignIn() {
  const http = useHttp();
  const client = useQueryClient();
  const tokens = useTokenStore();
  return useMutation({
    mutationFn: (user: string) => http.post('/demo/sign-in', { body: { user: user as DemoUser } }),
    onSuccess: ({ token, expiresInSeconds }) => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.signInOptions[0] });
      tokens.set({ token, expiresAtMs: Date.now() + expiresInSeconds * SECOND_MS });
    },
  });
}
