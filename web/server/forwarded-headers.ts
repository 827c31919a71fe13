import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';

/** Headers in which proxies describe the client; a client can forge them. */
const CLAIMS =
  /^(forwarded|x-forwarded|x-forwarded-.+|x-original-forwarded-for|x-real-ip|((x|x-cluster|true|fastly)-)?client-ip|cf-connecting-ip)$/;
/** Only services act for users, and they call the API at its own address: a page never sends it. */
const ON_BEHALF_OF = 'x-on-behalf-of';
/** Hop-by-hop headers (RFC 9110, 7.6.1). Framing headers stay, because the proxy needs them. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'upgrade'];
const FRAMING = new Set(['content-length', 'transfer-encoding']);

/**
 * Overwrites the client's address in a request to the API, and drops what only services send: with the address of the connection, or with the one a trusted load
 * balancer reports (Express' `trust proxy`).
 */
export function forwardedHeaders(): RequestHandler {
  return (request, _response, next) => {
    overwriteForwarded(request.headers, request.ip);
    next();
  };
}

/** @param address undefined when the client has already disconnected */
export function overwriteForwarded(headers: IncomingHttpHeaders, address: string | undefined): void {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([ON_BEHALF_OF, ...HOP_BY_HOP, ...named].filter((name) => !FRAMING.has(name)));
  for (const name of Object.keys(headers)) if (dropped.has(name) || CLAIMS.test(name)) delete headers[name];
  if (address !== undefined) headers['x-forwarded-for'] = address;
}
