import { ArrowRight } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import type { OidcSignInState } from '../hooks/use-oidc-sign-in.ts';
import { describeSignInFailure } from '../sign-in-failed.ts';

interface OidcSignInProps extends OidcSignInState {
  /** Host name of the identity provider. */
  readonly host: string;
}

/** The sign-in button for an identity provider, with the error of the last attempt. */
export function OidcSignIn({ host, checking, redirecting, error, signIn }: OidcSignInProps) {
  return (
    <div className="grid gap-3">
      {error && (
        <p role="alert" className="text-bad">
          {describeSignInFailure(error, host)}
        </p>
      )}
      <Button tone="go" className="min-h-14 justify-between px-4" onClick={signIn}>
        Sign in with {host}
        <ArrowRight size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
      <p role="status" className="min-h-5 text-13 text-ink-3">
        {statusOf(host, checking, redirecting)}
      </p>
    </div>
  );
}

function statusOf(host: string, checking: boolean, redirecting: boolean): string {
  if (redirecting) return `Opening ${host}`;
  return checking ? `Checking whether you are already signed in at ${host}` : '';
}
