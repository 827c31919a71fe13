import { describe, expect, it, vi } from 'vitest';
import type { SessionProvider } from './session.ts';
import type { PageStorage } from '../browser/storage.ts';
import { createTokenRenewal } from './token-renewal.ts';
import { createTokenStore } from './token-store.ts';

const storage = { getItem: () => null, setItem: () => {}, removeItem: () => {} } as unknown as PageStorage;

function signedIn(answer: () => Promise<string | undefined>) {
  const tokens = createTokenStore(storage, () => 0);
  const renew = vi.fn<() => Promise<string | undefined>>(async () => {
    const token = await answer();
    if (token) tokens.set({ token, expiresAtMs: 0, provider });
    return token;
  });
  const provider: SessionProvider = { host: 'id.test', renew, signInAgain: async () => {}, signOut: async () => {} };
  tokens.set({ token: 'first', expiresAtMs: 0, provider });
  return { tokens, renew, renewal: createTokenRenewal(tokens) };
}

describe('the token renewal', () => {
  it('renews once for concurrent requests', async () => {
    const { renewal, renew } = signedIn(async () => 'second');
    expect(await Promise.all([renewal.renew('first'), renewal.renew('first')])).toEqual(['second', 'second']);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('does not renew again for a request sent with the previous token', async () => {
    const { renewal, renew } = signedIn(async () => 'second');
    await renewal.renew('first');
    expect(await renewal.renew('first')).toBe('second');
    expect(renew).toHaveBeenCalledOnce();
  });

  it('can be retried after the provider was unavailable', async () => {
    let unavailable = true;
    const { renewal } = signedIn(async () => {
      if (unavailable) throw new Error('unavailable');
      return 'second';
    });
    await expect(renewal.renew('first')).rejects.toThrow('unavailable');
    unavailable = false;
    expect(await renewal.renew('first')).toBe('second');
  });

  it('keeps the session but stops renewing once it has ended', async () => {
    const { renewal, renew, tokens } = signedIn(async () => undefined);
    renewal.end();
    expect(tokens.current()).toMatchObject({ token: 'first', needsSignIn: true });
    expect(await renewal.renew('first')).toBeUndefined();
    expect(renew).not.toHaveBeenCalled();
  });

  it('signs a demo user out when the session ends', async () => {
    const tokens = createTokenStore(storage, () => 0);
    tokens.set({ token: 'demo', expiresAtMs: 5 });
    const renewal = createTokenRenewal(tokens);
    expect(await renewal.renew('demo')).toBeUndefined();
    renewal.end();
    expect(tokens.current()).toBeUndefined();
  });
});
