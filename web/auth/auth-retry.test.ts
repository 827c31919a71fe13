import { expect, describe, it, vi } from 'vitest';
import { createAuthRetry } from './auth-retry.ts';

/** A fake API that accepts one token only and records its requests. */
function apiAccepting(good: string, renew: (refused: string) => Promise<string | undefined>) {
  const sent: { token: string | null; body: unknown }[] = [];
  const respond = (headers: HeadersInit | undefined, body: unknown) => {
    const token = new Headers(headers).get('authorization');
    sent.push({ token, body });
    return new Response('{}', { status: token === `Bearer ${good}` ? 200 : 401 });
  };
  const authRetry = createAuthRetry({
    fetch: async (_url, init) => respond(init?.headers, init?.body),
    sendForm: async ({ headers, form }) => respond(headers, form),
    renew,
  });
  return { sent, ...authRetry };
}
const withToken = (token: string, body: string) => ({
  method: 'POST',
  body,
  headers: { authorization: `Bearer ${token}` },
});

describe('a request whose token is refused', () => {
  it('is resent once with a renewed token and the same body', async () => {
    const renew = vi.fn<(refused: string) => Promise<string | undefined>>(async () => 'new');
    const api = apiAccepting('new', renew);
    expect((await api.fetch('/x', withToken('old', 'b'))).status).toBe(200);
    expect(renew).toHaveBeenCalledExactlyOnceWith('old');
    expect(api.sent).toEqual([
      { token: 'Bearer old', body: 'b' },
      { token: 'Bearer new', body: 'b' },
    ]);
  });

  it('is resent when it carries a file', async () => {
    const api = apiAccepting('new', async () => 'new');
    const form = new FormData();
    const headers = new Headers({ authorization: 'Bearer old' });
    const request = { url: '/x', form, headers, signal: AbortSignal.timeout(1_000), onProgress: () => {} };
    expect((await api.sendForm(request)).status).toBe(200);
    expect(api.sent.map(({ body }) => body)).toEqual([form, form]);
  });

  it.each([
    ['there is no new token', async () => undefined, 1],
    ['the new token is refused as well', async () => 'bad', 2],
  ])('fails when %s', async (_when, renew, times) => {
    const api = apiAccepting('new', renew);
    expect((await api.fetch('/x', withToken('old', 'b'))).status).toBe(401);
    expect(api.sent).toHaveLength(times);
  });

  it('fails with 503 while the identity provider is unavailable', async () => {
    const api = apiAccepting('new', () => Promise.reject(new TypeError('network')));
    const response = await api.fetch('/x', withToken('old', 'b'));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
  });

  it('is not resent when it had no token', async () => {
    const renew = vi.fn<(refused: string) => Promise<string | undefined>>(async () => 'new');
    const api = apiAccepting('new', renew);
    expect((await api.fetch('/x')).status).toBe(401);
    expect(renew).not.toHaveBeenCalled();
  });
});
