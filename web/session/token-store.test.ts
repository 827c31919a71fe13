import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenStore } from './token-store.ts';

let kept: Map<string, string>;
let nowMs = 1_000;
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
} as unknown as Storage;
const open = () => createTokenStore(storage, () => nowMs);

beforeEach(() => {
  kept = new Map();
  nowMs = 1_000;
});

describe('the session', () => {
  it('survives a reload of the tab', () => {
    open().set({ token: 't', expiresAtMs: 5_000 });
    expect(open().current()?.token).toBe('t');
  });

  it('is over when its token is', () => {
    const store = open();
    store.set({ token: 't', expiresAtMs: 5_000 });
    nowMs = 5_000;
    expect(store.current()).toBeUndefined();
    expect(open().current()).toBeUndefined();
  });

  it('leaves nothing behind when it is ended, and says so', () => {
    const store = open();
    const told = vi.fn<() => void>();
    store.set({ token: 't', expiresAtMs: 5_000 });
    store.subscribe(told);
    store.clear();
    expect(store.current()).toBeUndefined();
    expect(kept.size).toBe(0);
    expect(told).toHaveBeenCalledOnce();
  });

  it('of an identity provider is in memory only, takes a demo one’s place, and outlives its token', () => {
    const store = open();
    const keeper = { host: 'id.test', renew: async () => 'next', signInAgain: async () => {}, signOut: async () => {} };
    store.set({ token: 'demo', expiresAtMs: 5_000 });
    store.set({ token: 't', expiresAtMs: 5_000, provider: keeper });
    expect(kept.size).toBe(0);
    nowMs = 6_000;
    expect(store.current()?.token).toBe('t');
    expect(open().current()).toBeUndefined();
  });

  it.each(['', '{', '{"token":1}', 'null'])('starts signed out when the storage holds %j', (garbage) => {
    kept.set('session', garbage);
    expect(open().current()).toBeUndefined();
  });
});
