import { skipToken, useQuery } from '@tanstack/react-query';
import { API_BASE } from '#contract/route.ts';
import { tabStorage } from '#web/browser/storage.ts';
import { keys } from '#web/query/keys.ts';
import { useTokenStore } from '#web/auth/auth-context.ts';
import { deviceHeaders } from '#web/auth/device-id.ts';
import type { TokenStore } from '#web/auth/token-store.ts';
import type { Oidc } from '../oidc.ts';
import type { OidcSettings } from './oidc-client-settings.ts';

const UNAUTHORIZED = 401;
const ACCEPT_TIMEOUT_MS = 15_000;
/** One client per token store, which means one per page: it listens and renews until the page is closed. */
const opened = new WeakMap<TokenStore, Promise<Oidc>>();

/** The client of the identity provider. Its library is loaded only when a provider is configured. */
export function useOidc(settings: OidcSettings | null | undefined) {
  const tokens = useTokenStore();
  return useQuery({
    queryKey: keys.oidc,
    queryFn: settings ? () => openOnce(settings, tokens) : skipToken,
    staleTime: Infinity,
  });
}

function openOnce(settings: OidcSettings, tokens: TokenStore): Promise<Oidc> {
  const known = opened.get(tokens);
  if (known) return known;
  const opening = open(settings, tokens);
  opened.set(tokens, opening);
  opening.catch(() => opened.delete(tokens));
  return opening;
}

async function open(settings: OidcSettings, tokens: TokenStore): Promise<Oidc> {
  const { openOidc } = await import('./open-oidc.ts');
  return openOidc({
    settings,
    tokens,
    tab: tabStorage,
    location: window.location,
    page: window,
    tabs: new BroadcastChannel('signed-out'),
    isAccepted: async (token) => {
      const headers = { ...deviceHeaders(), authorization: `Bearer ${token}` };
      const signal = AbortSignal.timeout(ACCEPT_TIMEOUT_MS);
      const response = await fetch(`${API_BASE}/me`, { headers, signal }).catch(() => undefined);
      // Without a response the token may still be valid.
      return response?.status !== UNAUTHORIZED;
    },
  });
}
