import { expect, describe, it, vi } from 'vitest';
import { createAuthRetry } from './auth-retry.ts';

/** An API that takes one token only, and remembers what it was sent. */
function apiTaking(good: string, renew: (refused: string) => Promise<string | undefined>) {
  const sent: { token: string | null; body: unknown }[] = [];
  const answer = (headers: HeadersInit | undefined, body: unknown) => {
    const token = new Headers(headers).get('authorization');
    sent.push({ token, body });
    return new Response('{}', { status: token === `Bearer ${good}` ? 200 : 401 });
  };
  const renewing = createAuthRetry({
    fetch: async (_url, init) => answer(init?.headers, init?.body),
    sendForm: async ({ headers, form }) => answer(headers, form),
    renew,
  });
  return { sent, ...renewing };
}
const withToken = (token: string, body: string) => ({
  method: 'POST',
  body,
  headers: { authorization: `Bearer ${token}` },
});

describe('a request whose token is refused', () => {
  it('is sent once more with a renewed one, with the same body', async () => {
    const renew = vi.fn<(refused: string) => Promise<string | undefined>>(async () => 'new');
    const api = apiTaking('new', renew);
    expect((await api.fetch('/x', withToken('old', 'b'))).status).toBe(200);
    expect(renew).toHaveBeenCalledExactlyOnceWith('old');
    expect(api.sent).toEqual([
      { token: 'Bearer old', body: 'b' },
      { token: 'Bearer new', body: 'b' },
    ]);
  });

  it('is sent once more also when it carries a file', async () => {
    const api = apiTaking('new', async () => 'new');
    const form = new FormData();
    const headers = new Headers({ authorization: 'Bearer old' });
    const request = { url: '/x', form, headers, signal: AbortSignal.timeout(1_000), onProgress: () => {} };
    expect((await api.sendForm(request)).status).toBe(200);
    expect(api.sent.map(({ body }) => body)).toEqual([form, form]);
  });

  it.each([
    ['there is no other', async () => undefined, 1],
    ['the other is refused as well', async () => 'bad', 2],
  ])('fails when %s', async (_when, renew, times) => {
    const api = apiTaking('new', renew);
    expect((await api.fetch('/x', withToken('old', 'b'))).status).toBe(401);
    expect(api.sent).toHaveLength(times);
  });

  it('fails as passing while the identity provider is away', async () => {
    const api = apiTaking('new', () => Promise.reject(new TypeError('network')));
    const response = await api.fetch('/x', withToken('old', 'b'));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
  });

  it('is left alone when it carries none', async () => {
    const renew = vi.fn<(refused: string) => Promise<string | undefined>>(async () => 'new');
    const api = apiTaking('new', renew);
    expect((await api.fetch('/x')).status).toBe(401);
    expect(renew).not.toHaveBeenCalled();
  });
});
