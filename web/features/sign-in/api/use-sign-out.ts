import { useTokenStore } from '#web/session/session-context.ts';

/** Ends the session: here, and where the person signed in. */
export function useSignOut(): () => void {
  const tokens = useTokenStore();
  return () => {
    const keeper = tokens.current()?.provider;
    if (keeper) void keeper.signOut();
    else tokens.clear();
  };
}
