import { cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Session, SessionProvider } from '#web/auth/session.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { SignInFailed } from '../sign-in-failed.ts';
import { SignInAgain } from './sign-in-again.tsx';

afterEach(cleanup);

function over(parts: Partial<SessionProvider> = {}) {
  const signInAgain = vi.fn<SessionProvider['signInAgain']>(async () => {});
  const signOut = vi.fn<SessionProvider['signOut']>(async () => {});
  const provider = { host: 'id.test', renew: async () => undefined, signInAgain, signOut, ...parts };
  const session: Session = { token: 'old', expiresAtMs: 0, provider, needsSignIn: true };
  return { provider, session, signInAgain, signOut };
}

describe('the expired-session dialog', () => {
  it('signs in again over the open page and refetches everything', async () => {
    const { provider, session, signInAgain } = over();
    const { user, queries } = renderInStudio(<SignInAgain session={session} provider={provider} />);
    queries.setQueryData(['credits'], { available: 1 });
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(signInAgain).toHaveBeenCalledOnce();
    await waitFor(() => expect(queries.getQueryState(['credits'])?.isInvalidated).toBe(true));
  });

  it('explains why signing in failed', async () => {
    const { provider, session } = over({ signInAgain: () => Promise.reject(new SignInFailed('unreachable')) });
    const { user } = renderInStudio(<SignInAgain session={session} provider={provider} />);
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect((await screen.findByRole('alert')).textContent).toContain("id.test can't be reached");
  });

  it('can sign out instead', async () => {
    const { provider, session, signOut } = over();
    const { user } = renderInStudio(<SignInAgain session={session} provider={provider} />);
    await user.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(signOut).toHaveBeenCalledOnce();
  });

  it('stays closed until another request is refused', async () => {
    const { provider, session } = over();
    function RefusedAgain() {
      const [current, setCurrent] = useState(session);
      return (
        <>
          <button type="button" onClick={() => setCurrent({ ...session })}>
            Send request
          </button>
          <SignInAgain session={current} provider={provider} />
        </>
      );
    }
    const { user } = renderInStudio(<RefusedAgain />);
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    await screen.findByRole('dialog');
  });
});
