/**
 * A comment line is sent on an event stream this often, so that proxies keep the stream and clients notice a dead one.
 * In a file of its own, so that the page's first load carries no schemas for it.
 */
export const SSE_HEARTBEAT_MS = 15_000;
