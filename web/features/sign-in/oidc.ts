/** An identity provider that signs people in. Every call: @throws SignInFailed */
export interface Oidc {
  /** As people know it. */
  readonly host: string;
  /** Without asking, where the provider still knows the person. @returns whether they are signed in now */
  signInSilently(): Promise<boolean>;
  /** Leaves the page for the provider's. @param next the path to come back to */
  signIn(next: string): Promise<void>;
  /** Takes the provider's answer. @returns the path to go back to */
  finish(url: string): Promise<string>;
}
