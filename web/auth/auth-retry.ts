import type { Problem } from '#contract/problem.ts';
import { randomId } from '../browser/random-id.ts';
import type { SendForm } from '../http/send-form.ts';

export interface AuthRetryDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly sendForm: SendForm;
  /** @returns a new token, undefined when the user must sign in; @throws when renewing is not possible now */
  readonly renew: (refused: string) => Promise<string | undefined>;
}

const UNAUTHORIZED = 401;
const UNAVAILABLE = 503;

/**
 * Resends a request once with a renewed token when the response is 401. The API checks the token before anything else, so the first
 * request had no effect.
 */
export function createAuthRetry(deps: AuthRetryDeps): { fetch: typeof globalThis.fetch; sendForm: SendForm } {
  async function sendWithRetry(headers: Headers, send: (headers: Headers) => Promise<Response>): Promise<Response> {
    const response = await send(headers);
    const refused = headers.get('authorization')?.replace(/^Bearer /u, '');
    if (response.status !== UNAUTHORIZED || !refused) return response;
    let token: string | undefined;
    try {
      token = await deps.renew(refused);
    } catch {
      return renewalUnavailable();
    }
    if (token === undefined) return response;
    const renewed = new Headers(headers);
    renewed.set('authorization', `Bearer ${token}`);
    return send(renewed);
  }
  return {
    fetch: (url, init) => sendWithRetry(new Headers(init?.headers), (headers) => deps.fetch(url, { ...init, headers })),
    sendForm: (request) => sendWithRetry(request.headers, (headers) => deps.sendForm({ ...request, headers })),
  };
}

/** A retryable failure: the user stays signed in. */
function renewalUnavailable(): Response {
  const problem: Problem = {
    type: 'about:blank',
    title: 'The session could not be renewed',
    status: UNAVAILABLE,
    code: 'unavailable',
    detail: 'Your session could not be renewed, because the identity provider is unavailable. Try again in a moment.',
    instance: '/',
    requestId: randomId(),
  };
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify(problem), { status: UNAVAILABLE, headers });
}
