import type { ServerOptions } from 'node:http';

/** How long a server waits for its clients, ms. */
export interface ClientLimits extends Pick<ServerOptions, 'maxHeaderSize'> {
  /** Between two requests of a connection. */
  readonly keepAliveTimeout: number;
  /** For receiving a request's headers, and for the first request of a connection. */
  readonly headersTimeout: number;
  /** For receiving a request; its response may take longer. */
  readonly requestTimeout: number;
  /** Node compares connections with the two limits above only this often. */
  readonly connectionsCheckingInterval: number;
  /** For a client that neither reads nor sends: its connection is closed, with what was not read. */
  readonly silenceTimeout: number;
}

/** Those of the API and the web server. */
export const CLIENT_LIMITS: ClientLimits = {
  // Above the keep-alive of common load balancers (60 s): they close first, so no request is sent on a closing connection.
  keepAliveTimeout: 65_000,
  headersTimeout: 20_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  // Longer than any handler, the pause between two heartbeats of an event stream, and a mobile network's interruptions.
  silenceTimeout: 120_000,
  // The longest token is 8 KiB. A larger header is answered with 431.
  maxHeaderSize: 16 * 1024,
};
