import { ArrowRight } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import type { OidcSignInState } from '../hooks/use-oidc-sign-in.ts';
import { describeSignInFailure } from '../sign-in-failed.ts';

interface OidcSignInProps extends OidcSignInState {
  /** The identity provider, as people know it. */
  readonly host: string;
}

/** The one way in where an identity provider signs people in, and why it did not work the last time. */
export function OidcSignIn({ host, checking: looking, leaving, error, signIn }: OidcSignInProps) {
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
        {statusOf(host, looking, leaving)}
      </p>
    </div>
  );
}

function statusOf(host: string, looking: boolean, leaving: boolean): string {
  if (leaving) return `Opening ${host}`;
  return looking ? `Looking whether you are signed in at ${host} already` : '';
}
