import { cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Session, SessionProvider } from '#web/session/token-store.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { SignInFailed } from '../sign-in-failed.ts';
import { SignInAgain } from './sign-in-again.tsx';

afterEach(cleanup);

function over(parts: Partial<SessionProvider> = {}) {
  const signInAgain = vi.fn<SessionProvider['signInAgain']>(async () => {});
  const signOut = vi.fn<SessionProvider['signOut']>(async () => {});
  const keeper = { host: 'id.test', renew: async () => undefined, signInAgain, signOut, ...parts };
  const session: Session = { token: 'old', expiresAtMs: 0, provider: keeper, needsSignIn: true };
  return { keeper, session, signInAgain, signOut };
}

describe('a sign-in that has ended', () => {
  it('is taken up again beside what was open, and everything is read anew', async () => {
    const { keeper, session, signInAgain } = over();
    const { user, queries } = renderInStudio(<SignInAgain session={session} keeper={keeper} />);
    queries.setQueryData(['credits'], { available: 1 });
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(signInAgain).toHaveBeenCalledOnce();
    await waitFor(() => expect(queries.getQueryState(['credits'])?.isInvalidated).toBe(true));
  });

  it('says why it could not be', async () => {
    const { keeper, session } = over({ signInAgain: () => Promise.reject(new SignInFailed('unreachable')) });
    const { user } = renderInStudio(<SignInAgain session={session} keeper={keeper} />);
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect((await screen.findByRole('alert')).textContent).toContain("id.test can't be reached");
  });

  it('can be left ended', async () => {
    const { keeper, session, signOut } = over();
    const { user } = renderInStudio(<SignInAgain session={session} keeper={keeper} />);
    await user.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(signOut).toHaveBeenCalledOnce();
  });

  it('stays out of the way once closed, until another request is refused', async () => {
    const { keeper, session } = over();
    function Refusing() {
      const [current, setCurrent] = useState(session);
      return (
        <>
          <button type="button" onClick={() => setCurrent({ ...session })}>
            Ask
          </button>
          <SignInAgain session={current} keeper={keeper} />
        </>
      );
    }
    const { user } = renderInStudio(<Refusing />);
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Ask' }));
    await screen.findByRole('dialog');
  });
});
