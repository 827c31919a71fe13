import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';

/** What proxies say of the client they speak for; from the client itself it is made up. */
const CLAIMS =
  /^(forwarded|x-forwarded|x-forwarded-.+|x-original-forwarded-for|x-real-ip|((x|x-cluster|true|fastly)-)?client-ip|cf-connecting-ip)$/;
/** Of one connection alone (RFC 9110, 7.6.1). How a body is framed stays: the proxy frames by it. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'upgrade'];
const FRAMING = new Set(['content-length', 'transfer-encoding']);

/**
 * Before a request goes on to the API, the client's address is written into it in place of whatever the client claimed: that of the
 * connection, or what a trusted load balancer says (Express' `trust proxy`).
 */
export function forwardedHeaders(): RequestHandler {
  return (request, _response, next) => {
    overwriteForwarded(request.headers, request.ip);
    next();
  };
}

/** @param address undefined when the client has gone already */
export function overwriteForwarded(headers: IncomingHttpHeaders, address: string | undefined): void {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...HOP_BY_HOP, ...named].filter((name) => !FRAMING.has(name)));
  for (const name of Object.keys(headers)) if (dropped.has(name) || CLAIMS.test(name)) delete headers[name];
  if (address !== undefined) headers['x-forwarded-for'] = address;
}
