import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageStorage } from '../browser/storage.ts';
import { createTokenStore } from './token-store.ts';

let stored: Map<string, string>;
let nowMs = 1_000;
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
} as unknown as PageStorage;
const open = () => createTokenStore(storage, () => nowMs);

beforeEach(() => {
  stored = new Map();
  nowMs = 1_000;
});

describe('the token store', () => {
  it('restores a demo session after a reload', () => {
    open().set({ token: 't', expiresAtMs: 5_000 });
    expect(open().current()?.token).toBe('t');
  });

  it('drops a demo session when its token expires', () => {
    const store = open();
    store.set({ token: 't', expiresAtMs: 5_000 });
    nowMs = 5_000;
    expect(store.current()).toBeUndefined();
    expect(open().current()).toBeUndefined();
  });

  it('clears everything and notifies subscribers', () => {
    const store = open();
    const listener = vi.fn<() => void>();
    store.set({ token: 't', expiresAtMs: 5_000 });
    store.subscribe(listener);
    store.clear();
    expect(store.current()).toBeUndefined();
    expect(stored.size).toBe(0);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('keeps an identity provider’s session in memory only, even after its token has expired', () => {
    const store = open();
    const provider = {
      host: 'id.test',
      renew: async () => 'next',
      signInAgain: async () => {},
      signOut: async () => {},
    };
    store.set({ token: 'demo', expiresAtMs: 5_000 });
    store.set({ token: 't', expiresAtMs: 5_000, provider });
    expect(stored.size).toBe(0);
    nowMs = 6_000;
    expect(store.current()?.token).toBe('t');
    expect(open().current()).toBeUndefined();
  });

  it.each(['', '{', '{"token":1}', 'null'])('starts signed out when the storage holds %j', (garbage) => {
    stored.set('session', garbage);
    expect(open().current()).toBeUndefined();
  });
});
