import { describe, expect, it, vi } from 'vitest';
import { createHttpClient } from './http-client.ts';
import { RequestFailed } from './request-failed.ts';

function client(answer: () => Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  const onUnauthorized = vi.fn<() => void>();
  return {
    http: createHttpClient({ fetch, baseUrl: '/api/v1', token: () => 'secret', onUnauthorized }),
    fetch,
    onUnauthorized,
  };
}
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, title: 'No', detail: 'Not like this', status, requestId: 'r' }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RequestFailed)) throw new Error('did not fail as it should');
  return error;
};

describe('requests to the API', () => {
  it('carry the token, JSON and the key of the intent', async () => {
    const { http, fetch } = client(async () => Response.json({ id: 'x' }));
    await expect(http.post('/projects', { name: 'Cast' }, 'key-1')).resolves.toEqual({ id: 'x' });
    const [url, init] = fetch.mock.calls[0] ?? [];
    const headers = new Headers(init?.headers);
    expect(url).toBe('/api/v1/projects');
    expect(init?.body).toBe('{"name":"Cast"}');
    expect(headers.get('authorization')).toBe('Bearer secret');
    expect(headers.get('idempotency-key')).toBe('key-1');
  });

  it('fail with the problem the API tells, in its words', async () => {
    const { http } = client(async () => problem(402, 'insufficient_credits'));
    const error = await failure(http.post('/x', {}));
    expect(error).toMatchObject({ code: 'insufficient_credits', status: 402, message: 'Not like this' });
    expect(error.passing).toBe(false);
    expect(error.outcomeUnknown).toBe(false);
  });

  it('fail as passing when the API is away, with how long to wait', async () => {
    const error = await failure(client(async () => problem(503, 'unavailable', { 'retry-after': '3' })).http.get('/x'));
    expect(error).toMatchObject({ passing: true, outcomeUnknown: true, retryAfterMs: 3_000 });
  });

  it('take a gateway’s own error page for "away"', async () => {
    const error = await failure(client(async () => new Response('<h1>502</h1>', { status: 502 })).http.get('/x'));
    expect(error).toMatchObject({ code: 'unavailable', status: 502 });
  });

  it('fail with an unknown outcome when no answer comes', async () => {
    const { http } = client(() => Promise.reject(new TypeError('network')));
    expect(await failure(http.post('/x', {}))).toMatchObject({
      code: 'unreachable',
      outcomeUnknown: true,
      passing: true,
    });
  });

  it('end the session when the token is no longer taken', async () => {
    const { http, onUnauthorized } = client(async () => problem(401, 'unauthorized'));
    await failure(http.get('/me'));
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('send a form as the browser writes it, and take an answer without a body', async () => {
    const { http, fetch } = client(async () => new Response(null, { status: 204 }));
    const form = new FormData();
    form.set('name', 'Mara');
    await expect(http.post('/uploads', form, 'key-2')).resolves.toBeUndefined();
    const [, init] = fetch.mock.calls[0] ?? [];
    expect(init?.body).toBe(form);
    expect(new Headers(init?.headers).has('content-type')).toBe(false);
    await expect(http.delete('/avatars/1')).resolves.toBeUndefined();
    expect(fetch.mock.calls[1]?.[1]?.method).toBe('DELETE');
  });

  it('bring a file as it is', async () => {
    const { http } = client(async () => new Response('PK'));
    expect(await (await http.file('/avatars/download', { ids: [] })).text()).toBe('PK');
  });
});
