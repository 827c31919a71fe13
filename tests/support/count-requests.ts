import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/**
 * Counts the requests that this process sends to one server through node:http from now on, retries included, as the storage client
 * does. Requests of `fetch` are not seen.
 * @param origin such as `http://127.0.0.1:4443`
 * @returns the number so far
 */
export function countRequests(origin: string): () => number {
  const { host } = new URL(origin);
  let count = 0;
  subscribe('http.client.request.created', (message) => {
    if ((message as { request: ClientRequest }).request.getHeader('host') === host) count += 1;
  });
  return () => count;
}
