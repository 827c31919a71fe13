import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { useOidcSignIn } from '../hooks/use-oidc-sign-in.ts';
import type { Oidc } from '../oidc.ts';
import { SignInFailed, type SignInFailure } from '../sign-in-failed.ts';
import { OidcSignIn } from './oidc-sign-in.tsx';

const NEVER = new Promise<never>(() => {});

afterEach(cleanup);

function provider(parts: Partial<Oidc> = {}) {
  const signIn = vi.fn<Oidc['signIn']>(() => NEVER);
  const oidc = {
    host: 'id.test',
    signInSilently: async () => false,
    signIn,
    finish: async () => '/',
    wantedPath: () => '/',
    ...parts,
  };
  return { oidc, signIn };
}

function Shown({
  oidc,
  checkSession = true,
  returning = false,
}: {
  oidc: Oidc;
  checkSession?: boolean;
  returning?: boolean;
}) {
  return <OidcSignIn host={oidc.host} {...useOidcSignIn({ oidc, next: '/credits', checkSession, returning })} />;
}
const button = () => screen.getByRole('button', { name: 'Sign in with id.test' });
const status = () => screen.getByRole('status').textContent;

describe('OidcSignIn', () => {
  it('checks for an existing session first, then waits for the button', async () => {
    const { oidc, signIn } = provider();
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    expect(status()).toBe('Checking whether you are already signed in at id.test');
    await waitFor(() => expect(status()).toBe(''));
    expect(signIn).not.toHaveBeenCalled();
    await user.click(button());
    expect(signIn).toHaveBeenCalledExactlyOnceWith('/credits');
    expect(status()).toBe('Opening id.test');
  });

  it('can sign in before the check has finished', async () => {
    const { oidc, signIn } = provider({ signInSilently: () => NEVER });
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    await user.click(button());
    expect(signIn).toHaveBeenCalledOnce();
  });

  it('redirects without a click when the user was signed in a moment ago', async () => {
    const { oidc, signIn } = provider();
    renderInStudio(<Shown oidc={oidc} returning />);
    await waitFor(() => expect(signIn).toHaveBeenCalledOnce());
  });

  it('does not check for a session after a sign-out', () => {
    const checkSession = vi.fn<Oidc['signInSilently']>(async () => true);
    renderInStudio(<Shown oidc={provider({ signInSilently: checkSession }).oidc} checkSession={false} />);
    expect(checkSession).not.toHaveBeenCalled();
    expect(status()).toBe('');
  });

  const FAILURES: [SignInFailure, RegExp][] = [
    ['unreachable', /can't be reached/u],
    ['denied', /did not share your identity/u],
    ['stale', /another tab or too long ago/u],
    ['blocked', /Allow pop-ups/u],
    ['refused', /clocks differ/u],
    ['misconfigured', /Contact the studio’s administrator/u],
  ];
  it.each(FAILURES)('explains what went wrong (%s) and can be retried', async (failure, message) => {
    const { oidc } = provider({ signIn: () => Promise.reject(new SignInFailed(failure)) });
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toMatch(message);
    expect(button()).toHaveProperty('disabled', false);
  });
});
