import type { PageStorage } from '../browser/storage.ts';
import type { Session } from './session.ts';

export interface TokenStore {
  current(): Session | undefined;
  set(session: Session): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

const KEY = 'session';

/**
 * Holds the token in memory. A demo user's token, which can't be renewed, is copied to the storage of the tab, so that a reload does not
 * sign the user out; not to that of the browser, where the next user of a shared machine would find it.
 */
export function createTokenStore(storage: PageStorage, nowMs: () => number): TokenStore {
  let session = read(storage);
  const listeners = new Set<() => void>();
  const change = (next: Session | undefined) => {
    session = next;
    for (const listener of listeners) listener();
  };
  return {
    current: () => (session && (session.provider || session.expiresAtMs > nowMs()) ? session : undefined),
    set(next) {
      if (next.provider) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(next));
      change(next);
    },
    clear() {
      storage.removeItem(KEY);
      change(undefined);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read(storage: PageStorage): Session | undefined {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? '') as Partial<Session>;
    if (typeof stored.token !== 'string' || typeof stored.expiresAtMs !== 'number') return undefined;
    return { token: stored.token, expiresAtMs: stored.expiresAtMs };
  } catch {
    return undefined; // missing or malformed
  }
}
