import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Session } from './session.ts';
import type { TokenRenewal } from './token-renewal.ts';
import type { TokenStore } from './token-store.ts';

export const TokenStoreContext = createContext<TokenStore | undefined>(undefined);

export function useTokenStore(): TokenStore {
  const store = useContext(TokenStoreContext);
  if (!store) throw new Error('TokenStoreContext is missing');
  return store;
}

export const TokenRenewalContext = createContext<TokenRenewal | undefined>(undefined);

export function useTokenRenewal(): TokenRenewal {
  const renewal = useContext(TokenRenewalContext);
  if (!renewal) throw new Error('TokenRenewalContext is missing');
  return renewal;
}

/** The current session; undefined when no user is signed in. */
export function useSession(): Session | undefined {
  const store = useTokenStore();
  return useSyncExternalStore(store.subscribe, store.current);
}
