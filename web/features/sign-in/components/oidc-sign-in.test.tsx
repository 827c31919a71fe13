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
  const oidc = { host: 'id.test', signInSilently: async () => false, signIn, finish: async () => '/', ...parts };
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

describe('signing in with an identity provider', () => {
  it('looks first whether they are signed in there, and then waits for a press', async () => {
    const { oidc, signIn } = provider();
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    expect(status()).toBe('Looking whether you are signed in at id.test already');
    await waitFor(() => expect(status()).toBe(''));
    expect(signIn).not.toHaveBeenCalled();
    await user.click(button());
    expect(signIn).toHaveBeenCalledExactlyOnceWith('/credits');
    expect(status()).toBe('Opening id.test');
  });

  it('does not wait for the look', async () => {
    const { oidc, signIn } = provider({ signInSilently: () => NEVER });
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    await user.click(button());
    expect(signIn).toHaveBeenCalledOnce();
  });

  it('goes there unasked when they were signed in a moment ago', async () => {
    const { oidc, signIn } = provider();
    renderInStudio(<Shown oidc={oidc} returning />);
    await waitFor(() => expect(signIn).toHaveBeenCalledOnce());
  });

  it('looks for nobody who has just left', () => {
    const checkSession = vi.fn<Oidc['signInSilently']>(async () => true);
    renderInStudio(<Shown oidc={provider({ signInSilently: checkSession }).oidc} checkSession={false} />);
    expect(checkSession).not.toHaveBeenCalled();
    expect(status()).toBe('');
  });

  const FAILURES: [SignInFailure, RegExp][] = [
    ['unreachable', /can't be reached/u],
    ['denied', /not to let the studio know/u],
    ['stale', /another tab or too long ago/u],
    ['blocked', /Allow this page to open one/u],
    ['refused', /clocks differ/u],
    ['misconfigured', /Tell whoever runs the studio/u],
  ];
  it.each(FAILURES)('says in words what went wrong (%s), and can be tried again', async (failure, words) => {
    const { oidc } = provider({ signIn: () => Promise.reject(new SignInFailed(failure)) });
    const { user } = renderInStudio(<Shown oidc={oidc} />);
    await user.click(button());
    expect((await screen.findByRole('alert')).textContent).toMatch(words);
    expect(button()).toHaveProperty('disabled', false);
  });
});
