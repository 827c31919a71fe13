import type { TokenStore } from './token-store.ts';

export interface Renewal {
  /**
   * Another token in place of one that the API refused; those who ask at the same time share one attempt.
   * @returns undefined when there is none to be had without the person
   * @throws Error when the identity provider can't be asked now
   */
  renew(refused: string): Promise<string | undefined>;
  /** No token is taken: a demo user is out; others are asked to sign in again where they are. */
  end(): void;
}

export function createRenewal(tokens: TokenStore): Renewal {
  let attempt: Promise<string | undefined> | undefined;
  return {
    async renew(refused) {
      const session = tokens.current();
      if (session?.token !== refused) return session?.token; // somebody else's request was quicker
      if (!session.keeper || session.over) return undefined;
      attempt ??= session.keeper.renew().finally(() => {
        attempt = undefined;
      });
      return attempt;
    },
    end() {
      const session = tokens.current();
      if (session?.keeper) tokens.set({ ...session, over: true });
      else tokens.clear();
    },
  };
}
