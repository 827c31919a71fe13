import type { TokenStore } from './token-store.ts';

export interface TokenRenewal {
  /**
   * Renews a token that the API refused; concurrent calls share one attempt.
   * @returns undefined when the user must sign in again
   * @throws Error when the identity provider is unavailable
   */
  renew(refused: string): Promise<string | undefined>;
  /** Ends the session: signs a demo user out; asks other users to sign in again in place. */
  end(): void;
}

export function createTokenRenewal(tokens: TokenStore): TokenRenewal {
  let attempt: Promise<string | undefined> | undefined;
  return {
    async renew(refused) {
      const session = tokens.current();
      if (session?.token !== refused) return session?.token; // a concurrent request has renewed it
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
