import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import type { Session, SessionProvider } from '#web/auth/session.ts';
import { describeSignInFailure } from '../sign-in-failed.ts';

interface SignInAgainProps {
  readonly session: Session;
  readonly provider: SessionProvider;
}

/** Dialog over the open page when the session has expired: the user signs in again in a separate window and loses nothing. */
export function SignInAgain({ session, provider }: SignInAgainProps) {
  const client = useQueryClient();
  const [closed, setClosed] = useState<Session>();
  const main = useRef<HTMLButtonElement>(null);
  const again = useMutation({
    mutationFn: () => provider.signInAgain(),
    retry: false,
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    // Once closed, it reopens with the next refused request.
    <Sheet
      title="Your session has expired"
      open={closed !== session}
      onClose={() => setClosed(session)}
      initialFocus={main}
    >
      <div className="grid gap-5 p-4 md:p-6">
        <p className="text-ink-2">
          Nothing is lost. Sign in with {provider.host} in a separate window, then continue where you left off.
        </p>
        {again.error && (
          <p role="alert" className="text-bad">
            {describeSignInFailure(again.error, provider.host)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => void provider.signOut()}>Sign out</Button>
          <Button ref={main} tone="go" onClick={() => again.mutate()}>
            Sign in again
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
