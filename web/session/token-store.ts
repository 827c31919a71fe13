export interface Session {
  readonly token: string;
  /** Milliseconds since the epoch, of this machine's clock. */
  readonly expiresAtMs: number;
}

export interface TokenStore {
  current(): Session | undefined;
  set(session: Session): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

const KEY = 'session';

/**
 * Keeps the token in memory and a copy in sessionStorage. sessionStorage, because a reload must not sign people out; not
 * localStorage, because the token should end with the tab and never be found by the next person at a shared machine.
 */
export function createTokenStore(storage: Storage, nowMs: () => number): TokenStore {
  let session = read(storage);
  const listeners = new Set<() => void>();
  const change = (next: Session | undefined) => {
    session = next;
    for (const listener of listeners) listener();
  };
  return {
    current: () => (session && session.expiresAtMs > nowMs() ? session : undefined),
    set(next) {
      storage.setItem(KEY, JSON.stringify(next));
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

function read(storage: Storage): Session | undefined {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? '') as Partial<Session>;
    if (typeof stored.token !== 'string' || typeof stored.expiresAtMs !== 'number') return undefined;
    return { token: stored.token, expiresAtMs: stored.expiresAtMs };
  } catch {
    return undefined; // nothing there, or not ours
  }
}
