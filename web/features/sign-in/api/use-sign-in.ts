import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInOptions } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useTokenStore } from '#web/auth/auth-context.ts';

const SECOND_MS = 1_000;
/** The URL may contain any name; the API decides whether it is a demo user. */
type DemoUser = SignInOptions['demo'][number]['user'];

export function useSignInOptions() {
  const http = useHttp();
  return useQuery({
    queryKey: keys.signInOptions,
    queryFn: ({ signal }) => http.get('/sign-in-options', { signal }),
  });
}

/** Signs in as a demo user and clears the cache of the previous user. */
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
