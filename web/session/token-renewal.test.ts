import { describe, expect, it, vi } from 'vitest';
import { createTokenRenewal } from './token-renewal.ts';
import { createTokenStore, type SessionProvider } from './token-store.ts';

const storage = { getItem: () => null, setItem: () => {}, removeItem: () => {} } as unknown as Storage;

function signedIn(answer: () => Promise<string | undefined>) {
  const tokens = createTokenStore(storage, () => 0);
  const renew = vi.fn<() => Promise<string | undefined>>(async () => {
    const token = await answer();
    if (token) tokens.set({ token, expiresAtMs: 0, provider: keeper });
    return token;
  });
  const keeper: SessionProvider = { host: 'id.test', renew, signInAgain: async () => {}, signOut: async () => {} };
  tokens.set({ token: 'first', expiresAtMs: 0, provider: keeper });
  return { tokens, renew, renewal: createTokenRenewal(tokens) };
}

describe('a token that the API refuses', () => {
  it('is renewed once for all who ask at the same time', async () => {
    const { renewal, renew } = signedIn(async () => 'second');
    expect(await Promise.all([renewal.renew('first'), renewal.renew('first')])).toEqual(['second', 'second']);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('is not renewed again for a request that was sent with the one before', async () => {
    const { renewal, renew } = signedIn(async () => 'second');
    await renewal.renew('first');
    expect(await renewal.renew('first')).toBe('second');
    expect(renew).toHaveBeenCalledOnce();
  });

  it('can be tried again when the provider was away', async () => {
    let away = true;
    const { renewal } = signedIn(async () => {
      if (away) throw new Error('away');
      return 'second';
    });
    await expect(renewal.renew('first')).rejects.toThrow('away');
    away = false;
    expect(await renewal.renew('first')).toBe('second');
  });

  it('leaves the session where it is and asks nobody any more once it is over', async () => {
    const { renewal, renew, tokens } = signedIn(async () => undefined);
    renewal.end();
    expect(tokens.current()).toMatchObject({ token: 'first', over: true });
    expect(await renewal.renew('first')).toBeUndefined();
    expect(renew).not.toHaveBeenCalled();
  });

  it('signs a demo user out', async () => {
    const tokens = createTokenStore(storage, () => 0);
    tokens.set({ token: 'demo', expiresAtMs: 5 });
    const renewal = createTokenRenewal(tokens);
    expect(await renewal.renew('demo')).toBeUndefined();
    renewal.end();
    expect(tokens.current()).toBeUndefined();
  });
});
