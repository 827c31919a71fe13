import type { ServerResponse } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { PROBLEMS, type Problem } from '#contract/problem.ts';

/** Paths of the API; everything else belongs to the page. */
const API_PATHS = ['/api', '/openapi.json', '/docs'];

/** Longer than the API's slowest response; heartbeats (15 s) keep event streams open. */
const UPSTREAM_SILENCE_MS = 60_000;
const RETRY_AFTER_S = 2;

/**
 * Proxies requests to the API unchanged (except forwarded-headers.ts) and streams its responses back unbuffered, event streams
 * included. While the API is unavailable, the response is a problem like the API's own.
 */
export function apiProxy(apiUrl: string) {
  /** Complete responses: an error in the rest of their request no longer matters to the client. */
  const completed = new WeakSet<object>();
  return createProxyMiddleware({
    target: apiUrl,
    pathFilter: API_PATHS,
    changeOrigin: true,
    proxyTimeout: UPSTREAM_SILENCE_MS,
    // One connection per request. In the library's pool, each open event stream would occupy one of 256 slots; and the API may close
    // a pooled connection just as it is reused, when the request body can't be sent a second time.
    agent: false,
    on: {
      proxyRes: (apiResponse, _request, response) => void apiResponse.once('end', () => completed.add(response)),
      error: (_error, request, response) => {
        if (!('writeHead' in response) || completed.has(response)) return;
        if (response.headersSent) response.destroy();
        else sendUnavailable(response, request.url ?? '/');
      },
    },
  });
}

function sendUnavailable(response: ServerResponse, instance: string): void {
  const { status, title } = PROBLEMS.unavailable;
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code: 'unavailable',
    detail: 'The studio is temporarily unavailable. Try again.',
    instance: instance.split('?', 1)[0] ?? instance,
    requestId: crypto.randomUUID(),
  };
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json').setHeader('retry-after', RETRY_AFTER_S);
  response.end(JSON.stringify(problem));
}
