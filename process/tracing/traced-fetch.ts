import { tracer } from './spans.ts';

const FIRST_FAILED_STATUS = 400;

/**
 * A fetch whose calls are spans, and that tells the other service the trace's id. Only the host of an address is exported: the rest may
 * be signed.
 */
export const tracedFetch: typeof fetch = async (input, init) => {
  const active = tracer();
  if (active === undefined) return fetch(input, init);
  const request = input instanceof Request ? input : undefined;
  const method = init?.method ?? request?.method ?? 'GET';
  const host = new URL(request?.url ?? (input as string | URL)).host;
  const span = active.call(`${method} ${host}`, { 'http.request.method': method, 'server.address': host });
  const headers = new Headers(init?.headers ?? request?.headers);
  headers.set('traceparent', span.traceparent);
  try {
    const response = await span.within(() => fetch(input, { ...init, headers }));
    const { status } = response;
    span.end({ failed: status >= FIRST_FAILED_STATUS, attributes: { 'http.response.status_code': status } });
    return response;
  } catch (error) {
    span.end({ failed: true });
    throw error;
  }
};
