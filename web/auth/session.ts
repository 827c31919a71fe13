/** A user's signed-in state in this tab. */
export interface Session {
  readonly token: string;
  /** Milliseconds since the epoch, of this machine's clock. */
  readonly expiresAtMs: number;
  /** The identity provider that can renew the token; undefined for demo users, whose token simply expires. */
  readonly provider?: SessionProvider;
  /** The provider can't renew the token without interaction. */
  readonly needsSignIn?: boolean;
}

/** The part of an identity provider that the rest of the page needs. */
export interface SessionProvider {
  /** Host name, as shown to users. */
  readonly host: string;
  /**
   * Renews the token without interaction and puts it into the store.
   * @returns undefined when the user must sign in again
   * @throws Error when the provider is unavailable
   */
  renew(): Promise<string | undefined>;
  /** Signs in again in a separate window, so that nothing in this one is lost. @throws SignInFailed */
  signInAgain(): Promise<void>;
  /** Signs out here and at the provider. Leaves the page. */
  signOut(): Promise<void>;
}
