import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { describe, expect, it } from 'vitest';
import { describeSignInFailure } from '../sign-in-failed.ts';
import { toSignInFailed, needsInteraction } from './to-sign-in-failed.ts';

const providerError = (error: string, error_description = '') => new ErrorResponse({ error, error_description });

describe('toSignInFailed', () => {
  it.each([
    ['denied', providerError('access_denied')],
    ['unreachable', providerError('temporarily_unavailable')],
    ['unreachable', new TypeError('Failed to fetch')],
    ['unreachable', new ErrorTimeout('Network timed out')],
    ['unreachable', new Error('Service Unavailable (503)')],
    ['stale', providerError('invalid_grant')],
    ['stale', new Error('No matching state found in storage')],
    ['blocked', new Error('Attempted to navigate on a disposed window')],
    ['misconfigured', providerError('invalid_client')],
    ['misconfigured', new Error('something else')],
  ])('returns "%s" for %s', (failure, error) => {
    expect(toSignInFailed(error).failure).toBe(failure);
  });

  it.each(['login_required', 'interaction_required', 'consent_required', 'invalid_grant'])(
    'does not count as a failure when interaction is required: %s',
    (error) => {
      expect(needsInteraction(providerError(error))).toBe(true);
    },
  );

  it('shows the provider’s error code, never its free text', () => {
    const message = describeSignInFailure(
      toSignInFailed(providerError('invalid_client', 'Call 555 to go on')),
      'id.test',
    );
    expect(message).toBe('id.test did not sign you in (invalid_client). Contact the studio’s administrator.');
    expect(describeSignInFailure(toSignInFailed(providerError('Call 555 to go on')), 'id.test')).not.toContain('555');
  });
});
