import { useTokenStore } from '#web/auth/auth-context.ts';

/** Ends the session here and at the identity provider. */
export function useSignOut(): () => void {
  const tokens = useTokenStore();
  return () => {
    const provider = tokens.current()?.provider;
    if (provider) void provider.signOut();
    else tokens.clear();
  };
}
