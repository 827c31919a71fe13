/** An identity provider. Every call: @throws SignInFailed */
export interface Oidc {
  /** Host name, as shown to users. */
  readonly host: string;
  /** Signs in without interaction when the provider has a session. @returns whether the user is signed in now */
  signInSilently(): Promise<boolean>;
  /** Redirects to the provider. @param next the path to return to */
  signIn(next: string): Promise<void>;
  /** The path that the user wanted when the last sign-in of this tab began, or the first page. */
  wantedPath(): string;
  /** Processes the provider's response. @returns the path to return to */
  finish(url: string): Promise<string>;
}
