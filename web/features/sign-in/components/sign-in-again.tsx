import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import type { Session, SessionProvider } from '#web/session/token-store.ts';
import { describeSignInFailure } from '../sign-in-failed.ts';

interface SignInAgainProps {
  readonly session: Session;
  readonly keeper: SessionProvider;
}

/** Over whatever was open, which stays as it is: the sign-in has ended, and can be taken up again in a window of its own. */
export function SignInAgain({ session, keeper }: SignInAgainProps) {
  const client = useQueryClient();
  const [closed, setClosed] = useState<Session>();
  const main = useRef<HTMLButtonElement>(null);
  const again = useMutation({
    mutationFn: () => keeper.signInAgain(),
    retry: false,
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    // Closed, it comes back with the next request that is refused.
    <Sheet
      title="Your sign-in has ended"
      open={closed !== session}
      onClose={() => setClosed(session)}
      initialFocus={main}
    >
      <div className="grid gap-5 p-4 md:p-6">
        <p className="text-ink-2">
          Nothing here is lost. Sign in with {keeper.host} in a window of its own, then go on where you were.
        </p>
        {again.error && (
          <p role="alert" className="text-bad">
            {describeSignInFailure(again.error, keeper.host)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => void keeper.signOut()}>Sign out</Button>
          <Button ref={main} tone="go" onClick={() => again.mutate()}>
            Sign in again
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
