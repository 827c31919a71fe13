import { forgetDrafts } from '#web/features/create-avatar/saved-drafts.ts';
import { useTokenStore } from '#web/auth/auth-context.ts';

/** Ends the session here and at the identity provider, and forgets what was being written. */
export function useSignOut(): () => void {
  const tokens = useTokenStore();
  return () => {
    forgetDrafts();
    const provider = tokens.current()?.provider;
    if (provider) void provider.signOut();
    else tokens.clear();
  };
}
