import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { isLoopbackHost } from '#domain/account/demo-sign-in-fault.ts';

const host = z
  .string()
  .regex(/^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/i, 'must be host names without ports, separated by commas');

/** `ALLOWED_HOSTS`: further host names under which a demo may be reached, separated by commas. */
export const allowedHosts = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(host));

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Answers 421 to requests whose `Host` is neither a loopback name nor one of `hosts`. Only the loopback address protects a demo, to
 * which anybody can sign in, and metrics: a website whose name is made to resolve to 127.0.0.1 (DNS rebinding) would be of the demo's own origin
 * in the visitor's browser, but its requests still carry its name.
 * @param hosts names without ports; undefined: every host, because tokens protect the studio
 */
export function allowHosts(hosts: readonly string[] | undefined): Middleware {
  if (hosts === undefined) return (_request, _response, next) => next();
  const names = hosts.map((name) => name.toLowerCase());
  return (request, response, next) => {
    if (isAllowedHost(request.headers.host ?? '', names)) return next();
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end('This address answers to its own host names only. ALLOWED_HOSTS allows more in a demo.\n');
  };
}

/**
 * Whether a `Host`, with or without a port, is loopback's or one of these names.
 * @param names in lower case
 */
export function isAllowedHost(header: string, names: readonly string[]): boolean {
  const name = hostNameOf(header);
  return isLoopbackHost(name) || names.includes(name);
}

/** Lower case, without the port; an IPv6 address keeps its brackets, as in a URL. */
function hostNameOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, '');
}
