import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { describe, expect, it } from 'vitest';
import { describeSignInFailure } from '../sign-in-failed.ts';
import { toSignInFailed, needsInteraction } from './to-sign-in-failed.ts';

const said = (error: string, error_description = '') => new ErrorResponse({ error, error_description });

describe('what the identity provider says', () => {
  it.each([
    ['denied', said('access_denied')],
    ['unreachable', said('temporarily_unavailable')],
    ['unreachable', new TypeError('Failed to fetch')],
    ['unreachable', new ErrorTimeout('Network timed out')],
    ['unreachable', new Error('Service Unavailable (503)')],
    ['stale', said('invalid_grant')],
    ['stale', new Error('No matching state found in storage')],
    ['blocked', new Error('Attempted to navigate on a disposed window')],
    ['misconfigured', said('invalid_client')],
    ['misconfigured', new Error('something else')],
  ])('is "%s" of %s', (failure, error) => {
    expect(toSignInFailed(error).failure).toBe(failure);
  });

  it.each(['login_required', 'interaction_required', 'consent_required', 'invalid_grant'])(
    'is no failure when it would only like to ask: %s',
    (error) => {
      expect(needsInteraction(said(error))).toBe(true);
    },
  );

  it('is told by its code, never by words that an address could bring along', () => {
    const words = describeSignInFailure(toSignInFailed(said('invalid_client', 'Call 555 to go on')), 'id.test');
    expect(words).toBe('id.test did not sign you in (invalid_client). Tell whoever runs the studio.');
    expect(describeSignInFailure(toSignInFailed(said('Call 555 to go on')), 'id.test')).not.toContain('555');
  });
});
