import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { SignInFailed } from '../sign-in-failed.ts';

const NEEDS_INTERACTION = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  // Of a refresh token: used up, expired, or its session is over.
  'invalid_grant',
]);
const AWAY = new Set(['temporarily_unavailable', 'server_error']);
/** As the library words an answer that is no JSON: "Bad Gateway (502)". */
const SERVER_FAULT = /\(5\d\d\)/u;
/** As the library words a window that the browser did not open. */
const NO_WINDOW = /disposed window/iu;
const UNKNOWN_STATE = /\bstate\b/iu;
const CODE = /^[\w.-]{1,64}$/u;

/** The provider would sign the person in, but not unseen. */
export function needsInteraction(error: unknown): boolean {
  return error instanceof ErrorResponse && NEEDS_INTERACTION.has(error.error ?? '');
}

/** What the library throws, in our terms. A provider's free text is not shown: anybody can write it into an address. */
export function toSignInFailed(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error;
  const cause = error;
  if (error instanceof ErrorResponse) {
    const code = CODE.test(error.error ?? '') ? (error.error ?? undefined) : undefined;
    if (code === 'access_denied') return new SignInFailed('denied', { cause });
    if (code === 'invalid_grant') return new SignInFailed('stale', { cause });
    return new SignInFailed(AWAY.has(code ?? '') ? 'unreachable' : 'misconfigured', { code, cause });
  }
  // fetch throws a TypeError when no answer comes.
  if (error instanceof ErrorTimeout || error instanceof TypeError) return new SignInFailed('unreachable', { cause });
  const message = error instanceof Error ? error.message : '';
  if (SERVER_FAULT.test(message)) return new SignInFailed('unreachable', { cause });
  if (NO_WINDOW.test(message)) return new SignInFailed('blocked', { cause });
  return new SignInFailed(UNKNOWN_STATE.test(message) ? 'stale' : 'misconfigured', { cause });
}
