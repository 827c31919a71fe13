export interface Session {
  readonly token: string;
  /** Milliseconds since the epoch, of this machine's clock. */
  readonly expiresAtMs: number;
  /** Whoever signed the person in and can do so again; undefined for demo users, whose token simply ends. */
  readonly provider?: SessionProvider;
  /** The keeper can't renew it without the person. */
  readonly needsSignIn?: boolean;
}

/** An identity provider, as far as the rest of the page needs it. */
export interface SessionProvider {
  /** Where people sign in, as they know it. */
  readonly host: string;
  /**
   * A new token for the same person, without asking them; it is in the store as well.
   * @returns undefined when they must sign in again
   * @throws Error when the provider can't be asked now
   */
  renew(): Promise<string | undefined>;
  /** In a window of its own, so that nothing in this one is lost. @throws SignInFailed */
  signInAgain(): Promise<void>;
  /** Here and at the provider. Leaves the page. */
  signOut(): Promise<void>;
}

export interface TokenStore {
  current(): Session | undefined;
  set(session: Session): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

const KEY = 'session';

/**
 * Keeps the token in memory; of a demo user's, whom nobody could sign in again without asking, a copy in sessionStorage.
 * sessionStorage, because a reload must not sign people out; not localStorage, because the token should end with the tab and
 * never be found by the next person at a shared machine.
 */
export function createTokenStore(storage: Storage, nowMs: () => number): TokenStore {
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

function read(storage: Storage): Session | undefined {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? '') as Partial<Session>;
    if (typeof stored.token !== 'string' || typeof stored.expiresAtMs !== 'number') return undefined;
    return { token: stored.token, expiresAtMs: stored.expiresAtMs };
  } catch {
    return undefined; // nothing there, or not ours
  }
}
