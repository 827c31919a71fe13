import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { PointerEventsCheckLevel, userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { vi } from 'vitest';
import { HttpContext } from '../http/http-context.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { SendForm } from '../http/send-form.ts';
import { createQueryClient } from '../query/query-client.ts';

/** Style sheets are not loaded, so that nothing here ignores the pointer; seeing that takes a fifth of a test's time. */
const POINTER = { pointerEventsCheck: PointerEventsCheckLevel.Never };

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string | null;
}

/** The fake API's response; a status of 400 or above is sent as a problem. Throwing simulates a broken connection. */
export type Answer = (request: Sent) => Reply | Promise<Reply>;

interface Reply {
  status?: number;
  body: unknown;
}

/** Renders inside the app's providers: a router, a query cache, and the real HTTP client over a fake network. */
export function renderInStudio(
  element: ReactNode,
  { answer = () => ({ body: {} }), queries = createQueryClient() }: { answer?: Answer; queries?: QueryClient } = {},
) {
  const sent: Sent[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(async (url, init) => {
    const headers = new Headers(init?.headers);
    const request: Sent = {
      method: init?.method ?? 'GET',
      path: String(url),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : (init?.body ?? undefined),
      idempotencyKey: headers.get('idempotency-key'),
    };
    sent.push(request);
    const { status = 200, body } = await answer(request);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
  });
  const sendForm: SendForm = ({ url, form, headers, signal }) =>
    fetch(url, { method: 'POST', body: form, headers, signal });
  const http = createHttpClient({ fetch, sendForm, baseUrl: '', token: () => 'token', onUnauthorized: () => {} });
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <MemoryRouter>
      <HttpContext value={http}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </HttpContext>
    </MemoryRouter>
  );
  const view = render(element, { wrapper });
  return { ...view, user: userEvent.setup(POINTER), sent, queries };
}
