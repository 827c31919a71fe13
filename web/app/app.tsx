import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { API_BASE } from '#contract/route.ts';
import { tabStorage } from '../browser/storage.ts';
import { HttpContext } from '../http/http-context.ts';
import { createHttpClient } from '../http/http-client.ts';
import { createQueryClient } from '../query/query-client.ts';
import { deviceHeaders } from '../auth/device-id.ts';
import { createAuthRetry } from '../auth/auth-retry.ts';
import { sendForm } from '../http/send-form.ts';
import { createTokenRenewal } from '../auth/token-renewal.ts';
import { TokenRenewalContext, TokenStoreContext } from '../auth/auth-context.ts';
import { createTokenStore } from '../auth/token-store.ts';
import { createRouter } from './router.tsx';
import { Toasts } from './shell/toasts.tsx';

/** The composition root of the browser; components get these parts from React contexts. */
function compose() {
  const tokens = createTokenStore(tabStorage, () => Date.now());
  const renewal = createTokenRenewal(tokens);
  const { fetch, sendForm: send } = createAuthRetry({
    fetch: (...args) => globalThis.fetch(...args),
    sendForm,
    renew: renewal.renew,
  });
  const http = createHttpClient({
    fetch,
    sendForm: send,
    baseUrl: API_BASE,
    token: () => tokens.current()?.token,
    deviceHeaders,
    onUnauthorized: renewal.end,
  });
  return { tokens, renewal, http, queries: createQueryClient(), router: createRouter() };
}

export function App() {
  const [{ tokens, renewal, http, queries, router }] = useState(compose);
  return (
    <CSPProvider disableStyleElements>
      <TokenStoreContext value={tokens}>
        <TokenRenewalContext value={renewal}>
          <HttpContext value={http}>
            <QueryClientProvider client={queries}>
              <RouterProvider router={router} />
              <Toasts />
            </QueryClientProvider>
          </HttpContext>
        </TokenRenewalContext>
      </TokenStoreContext>
    </CSPProvider>
  );
}
