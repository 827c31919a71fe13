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
 * Answers 421 to requests whose `Host` is neither a loopback name nor one of `hosts`. Anybody can sign in to a demo, and only the
 * loopback address protects it: a website whose name is made to resolve to 127.0.0.1 (DNS rebinding) would be of the demo's own origin
 * in the visitor's browser, but its requests still carry its name.
 * @param hosts names without ports; undefined: every host, because tokens protect the studio
 */
export function allowHosts(hosts: readonly string[] | undefined): Middleware {
  if (hosts === undefined) return (_request, _response, next) => next();
  const names = new Set(hosts.map((name) => name.toLowerCase()));
  return (request, response, next) => {
    const name = hostNameOf(request.headers.host ?? '');
    if (isLoopbackHost(name) || names.has(name)) return next();
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end('This demo answers on its own address only. ALLOWED_HOSTS allows more host names.\n');
  };
}

/** Lower case, without the port; an IPv6 address keeps its brackets, as in a URL. */
function hostNameOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, '');
}
