import type { Problem } from '#contract/problem.ts';
import type { SendForm } from './send-form.ts';

export interface AuthRetryDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly sendForm: SendForm;
  /** @returns another token in place of the refused one, undefined when there is none; @throws when it can't be had now */
  readonly renew: (refused: string) => Promise<string | undefined>;
}

const UNAUTHORIZED = 401;
const UNAVAILABLE = 503;

/**
 * Sends a request that is answered with 401 once more with a renewed token. The API refuses a token before it looks at
 * anything else, so nothing was done the first time.
 */
export function createAuthRetry(deps: AuthRetryDeps): { fetch: typeof globalThis.fetch; sendForm: SendForm } {
  async function twice(headers: Headers, send: (headers: Headers) => Promise<Response>): Promise<Response> {
    const response = await send(headers);
    const refused = headers.get('authorization')?.replace(/^Bearer /u, '');
    if (response.status !== UNAUTHORIZED || !refused) return response;
    let token: string | undefined;
    try {
      token = await deps.renew(refused);
    } catch {
      return away();
    }
    if (token === undefined) return response;
    const renewed = new Headers(headers);
    renewed.set('authorization', `Bearer ${token}`);
    return send(renewed);
  }
  return {
    fetch: (url, init) => twice(new Headers(init?.headers), (headers) => deps.fetch(url, { ...init, headers })),
    sendForm: (request) => twice(request.headers, (headers) => deps.sendForm({ ...request, headers })),
  };
}

/** A passing failure, which is tried again by itself: who is signed in stays so. */
function away(): Response {
  const problem: Problem = {
    type: 'about:blank',
    title: 'The sign-in could not be renewed',
    status: UNAVAILABLE,
    code: 'unavailable',
    detail: 'Your sign-in could not be renewed, because the place where you signed in is away. Try again in a moment.',
    instance: '/',
    requestId: crypto.randomUUID(),
  };
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify(problem), { status: UNAVAILABLE, headers });
}
