import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useRestored } from '#web/hooks/use-restored.ts';
import { keys } from '#web/query/keys.ts';
import type { Oidc } from '../oidc.ts';

export interface OidcSignInRequest {
  /** Undefined while loading, or when no provider is configured. */
  readonly oidc: Oidc | undefined;
  /** The path to return to. */
  readonly next: string;
  /** Check first whether the user is already signed in at the provider. */
  readonly checkSession: boolean;
  /** The user was signed in a moment ago: redirect when the check finds no session. */
  readonly returning?: boolean;
}

export interface OidcSignInState {
  readonly checking: boolean;
  readonly redirecting: boolean;
  readonly error: Error | null;
  readonly signIn: () => void;
}

/** Signs in at the identity provider; silently when the user already has a session there. */
export function useOidcSignIn({ oidc, next, checkSession, returning = false }: OidcSignInRequest): OidcSignInState {
  const silent = useQuery({
    queryKey: keys.silentSignIn,
    queryFn: oidc && checkSession ? () => oidc.signInSilently() : skipToken,
    retry: false,
    gcTime: 0,
  });
  const leave = useMutation({ mutationFn: async () => oidc?.signIn(next), retry: false });
  useRestored(() => leave.reset()); // the user came back without having signed in
  const onNoSession = useEffectEvent(() => leave.mutate());
  const shouldRedirect = returning && silent.data === false;
  useEffect(() => {
    if (shouldRedirect) onNoSession();
  }, [shouldRedirect]);
  return {
    checking: silent.isFetching,
    redirecting: leave.isPending,
    error: leave.error ?? (leave.isPending ? null : silent.error),
    signIn: () => leave.mutate(),
  };
}
