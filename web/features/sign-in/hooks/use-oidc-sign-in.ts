import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { keys } from '#web/query/keys.ts';
import type { Oidc } from '../oidc.ts';

export interface OidcSignInRequest {
  /** Undefined while it is not known yet, or where there is none. */
  readonly oidc: Oidc | undefined;
  /** The path to come back to. */
  readonly next: string;
  /** Look first whether they are signed in at the provider already. */
  readonly checkSession: boolean;
  /** They were signed in a moment ago: when looking finds nobody, go and ask. */
  readonly returning?: boolean;
}

export interface OidcSignInState {
  readonly checking: boolean;
  readonly leaving: boolean;
  readonly error: Error | null;
  readonly signIn: () => void;
}

/** The way to the identity provider. Who is found there already is in the session without having been asked. */
export function useOidcSignIn({ oidc, next, checkSession, returning = false }: OidcSignInRequest): OidcSignInState {
  const silent = useQuery({
    queryKey: keys.silentSignIn,
    queryFn: oidc && checkSession ? () => oidc.signInSilently() : skipToken,
    retry: false,
    gcTime: 0,
  });
  const leave = useMutation({ mutationFn: async () => oidc?.signIn(next), retry: false });
  const onNobody = useEffectEvent(() => leave.mutate());
  const ask = returning && silent.data === false;
  useEffect(() => {
    if (ask) onNobody();
  }, [ask]);
  return {
    checking: silent.isFetching,
    leaving: leave.isPending,
    error: leave.error ?? (leave.isPending ? null : silent.error),
    signIn: () => leave.mutate(),
  };
}
