import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { SignInFailed } from '../sign-in-failed.ts';

const NEEDS_INTERACTION = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  // The refresh token is used, expired, or its session has ended.
  'invalid_grant',
]);
const UNAVAILABLE = new Set(['temporarily_unavailable', 'server_error']);
/** The library's message for a response that is not JSON: "Bad Gateway (502)". */
const SERVER_FAULT = /\(5\d\d\)/u;
/** The library's message for a window that the browser blocked. */
const NO_WINDOW = /disposed window/iu;
const UNKNOWN_STATE = /\bstate\b/iu;
const CODE = /^[\w.-]{1,64}$/u;

/** Whether the provider can sign the user in only interactively. */
export function needsInteraction(error: unknown): boolean {
  return error instanceof ErrorResponse && NEEDS_INTERACTION.has(error.error ?? '');
}

/** Maps the library's errors. A provider's free text is never shown, because anyone can put it into a URL. */
export function toSignInFailed(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error;
  const cause = error;
  if (error instanceof ErrorResponse) {
    const code = CODE.test(error.error ?? '') ? (error.error ?? undefined) : undefined;
    if (code === 'access_denied') return new SignInFailed('denied', { cause });
    if (code === 'invalid_grant') return new SignInFailed('stale', { cause });
    return new SignInFailed(UNAVAILABLE.has(code ?? '') ? 'unreachable' : 'misconfigured', { code, cause });
  }
  // fetch throws a TypeError when there is no response.
  if (error instanceof ErrorTimeout || error instanceof TypeError) return new SignInFailed('unreachable', { cause });
  const message = error instanceof Error ? error.message : '';
  if (SERVER_FAULT.test(message)) return new SignInFailed('unreachable', { cause });
  if (NO_WINDOW.test(message)) return new SignInFailed('blocked', { cause });
  return new SignInFailed(UNKNOWN_STATE.test(message) ? 'stale' : 'misconfigured', { cause });
}
