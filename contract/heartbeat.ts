/**
 * Interval of the comment lines on an event stream: proxies keep the stream open, and clients detect a dead one. In a file of its own,
 * so that the page's first load contains no schemas.
 */
export const SSE_HEARTBEAT_MS = 15_000;
