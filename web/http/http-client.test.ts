import { describe, expect, it, vi } from 'vitest';
import { createHttpClient } from './http-client.ts';
import { RequestFailed } from './request-failed.ts';
import type { SendForm } from './send-form.ts';

function client(answer: () => Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  const onUnauthorized = vi.fn<() => void>();
  const sendForm = vi.fn<SendForm>(answer);
  return {
    http: createHttpClient({ fetch, sendForm, baseUrl: '/api/v1', token: () => 'secret', onUnauthorized }),
    fetch,
    sendForm,
    onUnauthorized,
  };
}
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, title: 'No', detail: 'Not like this', status, requestId: 'r' }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
const NEW_PROJECT = { body: { name: 'Cast' } };
const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RequestFailed)) throw new Error('did not fail as it should');
  return error;
};

describe('the HTTP client', () => {
  it('sends the token, the JSON body and the idempotency key', async () => {
    const { http, fetch } = client(async () => Response.json({ id: 'x' }));
    await expect(http.post('/projects', { body: { name: 'Cast' }, idempotencyKey: 'key-1' })).resolves.toEqual({
      id: 'x',
    });
    const [url, init] = fetch.mock.calls[0] ?? [];
    const headers = new Headers(init?.headers);
    expect(url).toBe('/api/v1/projects');
    expect(init?.body).toBe('{"name":"Cast"}');
    expect(headers.get('authorization')).toBe('Bearer secret');
    expect(headers.get('idempotency-key')).toBe('key-1');
    expect(headers.get('traceparent')).toMatch(/^00-/u);
  });

  it('throws the API’s problem with its message', async () => {
    const { http } = client(async () => problem(402, 'insufficient_credits'));
    const error = await failure(http.post('/projects', NEW_PROJECT));
    expect(error).toMatchObject({ code: 'insufficient_credits', status: 402, message: 'Not like this' });
    expect(error.retryable).toBe(false);
    expect(error.outcomeUnknown).toBe(false);
  });

  it('throws a retryable error with the Retry-After delay when the API is unavailable', async () => {
    const error = await failure(
      client(async () => problem(503, 'unavailable', { 'retry-after': '3' })).http.get('/credits'),
    );
    expect(error).toMatchObject({ retryable: true, outcomeUnknown: true, retryAfterMs: 3_000 });
  });

  it('treats a gateway’s error page as unavailable', async () => {
    const error = await failure(client(async () => new Response('<h1>502</h1>', { status: 502 })).http.get('/credits'));
    expect(error).toMatchObject({ code: 'unavailable', status: 502 });
  });

  it('throws an error with an unknown outcome when there is no response', async () => {
    const { http } = client(() => Promise.reject(new TypeError('network')));
    expect(await failure(http.post('/projects', NEW_PROJECT))).toMatchObject({
      code: 'unreachable',
      outcomeUnknown: true,
      retryable: true,
    });
  });

  it('reports a refused token', async () => {
    const { http, onUnauthorized } = client(async () => problem(401, 'unauthorized'));
    await failure(http.get('/me'));
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('sends a multipart form without the original file names', async () => {
    const { http, sendForm } = client(async () => Response.json({}));
    const onProgress = vi.fn<(share: number) => void>();
    await http.upload('/projects/{id}/avatars', {
      path: { id: 'p' },
      form: { image: new File(['x'], 'me on holiday.png'), name: 'Mara', persona: { age: 40 }, attributes: undefined },
      idempotencyKey: 'key-2',
      onProgress,
    });
    const [request] = sendForm.mock.calls[0] ?? [];
    expect(request).toMatchObject({ url: '/api/v1/projects/p/avatars', onProgress });
    expect(request?.headers.has('content-type')).toBe(false);
    expect(request?.headers.get('idempotency-key')).toBe('key-2');
    const fields = [...(request?.form ?? [])];
    expect(fields.map(([name]) => name)).toEqual(['image', 'name', 'persona']);
    expect(fields[0]?.[1]).toMatchObject({ name: 'image' });
    expect(fields[2]?.[1]).toBe('{"age":40}');
  });

  it('accepts a response without a body', async () => {
    const { http, fetch } = client(async () => new Response(null, { status: 204 }));
    await expect(http.delete('/avatars/{id}', { path: { id: '1' } })).resolves.toBeUndefined();
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'DELETE' });
  });

  it('returns a file unchanged', async () => {
    const { http } = client(async () => new Response('PK'));
    expect(await (await http.postForFile('/avatars/download', { body: { ids: [] } })).text()).toBe('PK');
  });

  it('rethrows an abort by the caller instead of a failure', async () => {
    const controller = new AbortController();
    const { http, fetch } = client(() => Promise.reject(new DOMException('aborted', 'AbortError')));
    controller.abort();
    await expect(http.get('/credits', { signal: controller.signal })).rejects.toThrow('aborted');
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  });

  it('accepts only calls that the OpenAPI document allows', async () => {
    const { http, fetch } = client(async () => Response.json({ available: 1, held: 0, posted: 1 }));
    // @ts-expect-error no such path
    await http.get('/credit');
    // @ts-expect-error no such method of it
    await http.patch('/credits', {});
    // @ts-expect-error its id is missing
    await http.get('/avatars/{id}', { path: {} }).catch(() => undefined);
    // @ts-expect-error no such field
    await http.post('/projects', { body: { name: 'Cast', color: 'red' } });
    // @ts-expect-error no such filter
    await http.get('/avatars', { query: { mood: 'calm' } });
    // @ts-expect-error asks for a file
    await http.get('/me/export');
    const { available } = await http.get('/credits');
    // @ts-expect-error credits are numbers
    const text: string = available;
    expect(text).toBe(1);
    expect(fetch).toHaveBeenCalledTimes(6);
  });
});
