import type { TokenStore } from './token-store.ts';

export interface TokenRenewal {
  /**
   * Another token in place of one that the API refused; those who ask at the same time share one attempt.
   * @returns undefined when there is none to be had without the person
   * @throws Error when the identity provider can't be asked now
   */
  renew(refused: string): Promise<string | undefined>;
  /** No token is taken: a demo user is out; others are asked to sign in again where they are. */
  end(): void;
}

export function createTokenRenewal(tokens: TokenStore): TokenRenewal {
  let attempt: Promise<string | undefined> | undefined;
  return {
    async renew(refused) {
      const session = tokens.current();
      if (session?.token !== refused) return session?.token; // somebody else's request was quicker
      if (!session.provider || session.needsSignIn) return undefined;
      attempt ??= session.provider.renew().finally(() => {
        attempt = undefined;
      });
      return attempt;
    },
    end() {
      const session = tokens.current();
      if (session?.provider) tokens.set({ ...session, needsSignIn: true });
      else tokens.clear();
    },
  };
}
