import { hashKey, type Query, type QueryClient } from '@tanstack/react-query';
import { keys } from './keys.ts';

/** A list is read again at most this often: an image that stays broken must not become a loop. Addresses are valid for longer. */
const RENEW_INTERVAL_MS = 5 * 60_000;

const renewedAtMs = new WeakMap<Query, number>();
const LIVE = hashKey(keys.live);

/**
 * Signed image addresses run out under an open page, all of a list at about the same time. Reads every list again that has the
 * address, once: those on the page now, the others when they are shown next.
 *
 * @param refreshLive requests a new snapshot from the event stream, which the generations in progress come from
 */
export function renewAddresses(client: QueryClient, address: string, nowMs: number, refreshLive: () => void): void {
  for (const query of client.getQueryCache().getAll()) {
    if (nowMs - (renewedAtMs.get(query) ?? -Infinity) < RENEW_INTERVAL_MS) continue;
    if (!contains(query.state.data, address)) continue;
    renewedAtMs.set(query, nowMs);
    if (query.queryHash === LIVE) refreshLive();
    else void client.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false });
  }
}

function contains(value: unknown, text: string): boolean {
  if (value === null || typeof value !== 'object') return value === text;
  return Object.values(value).some((part) => contains(part, text));
}
