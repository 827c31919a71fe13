/**
 * - `unreachable`: no response from the provider, or it reports that it is unavailable
 * - `denied`: the user, or an administrator, did not allow it
 * - `stale`: started in another tab or too long ago
 * - `blocked`: the browser blocked the window
 * - `refused`: the provider signed the user in, but the API refuses the token
 * - `insecure`: the page was not served securely, where browsers have no cryptography
 * - `no_site_data`: the browser blocks site data, which outlast the way to the provider and back
 * - `misconfigured`: the provider does not accept the client or its settings
 */
export type SignInFailure =
  | 'unreachable'
  | 'denied'
  | 'stale'
  | 'blocked'
  | 'refused'
  | 'insecure'
  | 'no_site_data'
  | 'misconfigured';

/** Why a user could not be signed in. */
export class SignInFailed extends Error {
  readonly failure: SignInFailure;
  /** The provider's error code, such as `invalid_client`. */
  readonly code: string | undefined;

  constructor(failure: SignInFailure, options: { code?: string | undefined; cause?: unknown } = {}) {
    super(`Sign-in failed: ${options.code ?? failure}`, { cause: options.cause });
    this.name = 'SignInFailed';
    this.failure = failure;
    this.code = options.code;
  }
}

/** User-visible message: what happened, and what to do. @param host host name of the identity provider */
export function describeSignInFailure(error: unknown, host: string): string {
  const { failure, code } = error instanceof SignInFailed ? error : new SignInFailed('misconfigured');
  const messages: Record<SignInFailure, string> = {
    unreachable: `${host} can't be reached at the moment. Try again shortly.`,
    denied: `${host} did not share your identity with the studio, which needs it to sign you in. Try again and allow access.`,
    stale: 'This sign-in was started in another tab or too long ago. Start it again.',
    blocked: 'Your browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
    refused: `The studio does not accept the token from ${host}. Usually their clocks differ, or the token is meant for another audience. Contact the studio’s administrator.`,
    insecure: `Signing in with ${host} needs a secure address. Open the studio by https, or by localhost on its own machine.`,
    no_site_data: `Signing in with ${host} needs site data, which your browser blocks for this page. Allow cookies and site data for it, then try again.`,
    misconfigured: `${host} did not sign you in${code === undefined ? '' : ` (${code})`}. Contact the studio’s administrator.`,
  };
  return messages[failure];
}
