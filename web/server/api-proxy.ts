import type { ServerResponse } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { PROBLEMS, type Problem } from '#contract/problem.ts';

/** What belongs to the API; all else is the page's. */
const API_PATHS = ['/api', '/openapi.json', '/docs'];

/** Longer than the API's longest answer; an event stream is kept by its heartbeats (15 s). */
const UPSTREAM_SILENCE_MS = 60_000;
const RETRY_AFTER_S = 2;

/**
 * Hands requests on to the API as they are (but see forwarded-headers.ts) and its answers back as they come, event streams
 * included: nothing is collected on the way. While the API is away the answer is a problem of the same shape the API itself would send.
 */
export function apiProxy(apiUrl: string) {
  /** Whole answers; what becomes of the rest of a request after that is nothing to the client. */
  const answered = new WeakSet<object>();
  return createProxyMiddleware({
    target: apiUrl,
    pathFilter: API_PATHS,
    changeOrigin: true,
    proxyTimeout: UPSTREAM_SILENCE_MS,
    // A connection for each request. Of the library's own pool every open event stream would keep one of 256 places; and a kept
    // connection may be closed by the API at the moment it is used again, when a body on its way can't be sent a second time.
    agent: false,
    on: {
      proxyRes: (answer, _request, response) => void answer.once('end', () => answered.add(response)),
      error: (_error, request, response) => {
        if (!('writeHead' in response) || answered.has(response)) return;
        if (response.headersSent) response.destroy();
        else sendAway(response, request.url ?? '/');
      },
    },
  });
}

function sendAway(response: ServerResponse, instance: string): void {
  const { status, title } = PROBLEMS.unavailable;
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code: 'unavailable',
    detail: 'The studio is away for a moment. Try again.',
    instance: instance.split('?', 1)[0] ?? instance,
    requestId: crypto.randomUUID(),
  };
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json').setHeader('retry-after', RETRY_AFTER_S);
  response.end(JSON.stringify(problem));
}
