/**
 * - `unreachable`: no answer from the provider, or it says that it is away
 * - `denied`: the person, or somebody for them, did not allow it
 * - `stale`: begun in another tab or too long ago
 * - `blocked`: the browser opened no window
 * - `refused`: the provider is content, our API is not
 * - `misconfigured`: the provider does not know us, or not like this
 */
export type SignInFailure = 'unreachable' | 'denied' | 'stale' | 'blocked' | 'refused' | 'misconfigured';

/** Why somebody could not be signed in. */
export class SignInFailed extends Error {
  readonly failure: SignInFailure;
  /** The provider's own word for it, such as `invalid_client`. */
  readonly code: string | undefined;

  constructor(failure: SignInFailure, options: { code?: string | undefined; cause?: unknown } = {}) {
    super(`Sign-in failed: ${options.code ?? failure}`, { cause: options.cause });
    this.name = 'SignInFailed';
    this.failure = failure;
    this.code = options.code;
  }
}

/** What happened, and what to do. */
export function describeSignInFailure(error: unknown, host: string): string {
  const { failure, code } = error instanceof SignInFailed ? error : new SignInFailed('misconfigured');
  const words: Record<SignInFailure, string> = {
    unreachable: `${host} can't be reached at the moment. Try again shortly.`,
    denied: `${host} was told not to let the studio know who you are. The studio works only when it does.`,
    stale: 'This sign-in was begun in another tab or too long ago. Begin it again.',
    blocked: 'Your browser did not open the window. Allow this page to open one, then try again.',
    refused: `The studio does not accept what ${host} says of you. Most often their clocks differ, or its tokens are meant for another audience. Tell whoever runs the studio.`,
    misconfigured: `${host} did not sign you in${code === undefined ? '' : ` (${code})`}. Tell whoever runs the studio.`,
  };
  return words[failure];
}
