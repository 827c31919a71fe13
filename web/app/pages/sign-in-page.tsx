import { useEffect, useEffectEvent, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { tabStorage } from '#web/browser/storage.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useOidc } from '#web/features/sign-in/api/use-oidc.ts';
import { useDemoSignIn, useSignInOptions } from '#web/features/sign-in/api/use-sign-in.ts';
import { DemoUsers } from '#web/features/sign-in/components/demo-users.tsx';
import { OidcSignIn } from '#web/features/sign-in/components/oidc-sign-in.tsx';
import { useOidcSignIn } from '#web/features/sign-in/hooks/use-oidc-sign-in.ts';
import { signedInBefore } from '#web/features/sign-in/signed-in-before.ts';
import { useRestored } from '#web/hooks/use-restored.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useSession } from '#web/auth/auth-context.ts';
import { sameOriginPath } from './same-origin-path.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { SigningIn } from './signing-in.tsx';

export function SignInPage() {
  const session = useSession();
  const [params, setParams] = useSearchParams();
  const options = useSignInOptions();
  const oidc = useOidc(options.data?.oidc);
  const signIn = useDemoSignIn();
  const [returning, setReturning] = useState(() => signedInBefore(tabStorage).get());
  useRestored(() => setReturning(false));
  // A demo user can be named in the URL, if demo users are enabled.
  const requestedUser = options.data?.demo.length === 0 ? null : params.get('user');
  const next = sameOriginPath(params.get('next'));
  const oidcSignIn = useOidcSignIn({ oidc: oidc.data, next, checkSession: !session, returning });
  const optionsLoaded = options.data !== undefined;

  const signInAs = (user: string) =>
    signIn.mutate(user, { onSettled: () => setParams(withoutUser, { replace: true }) });
  const onRequestedUser = useEffectEvent((user: string) => signInAs(user));
  useEffect(() => {
    if (requestedUser && optionsLoaded) onRequestedUser(requestedUser);
  }, [requestedUser, optionsLoaded]);

  if (session && !requestedUser) return <Navigate replace to={next} />;
  const failed = options.isError ? options : oidc;
  if (returning && !failed.isError && !oidcSignIn.error) return <SigningIn />;
  return (
    <SignInFrame
      heading="A quiet workspace for creating avatars"
      subtitle="Describe a character and get avatars of it for your apps; you pay only for those delivered."
    >
      <PageTitle title="Sign in" />
      {/* As high as the demo accounts, so that nothing moves once the options are known. */}
      <div className="grid min-h-60 content-start gap-6">
        {(options.isPending || (options.data?.oidc && oidc.isPending)) && (
          <div role="status" aria-label="Loading the sign-in options" className="h-60 rounded-control bg-sunken" />
        )}
        {failed.isError && <FailedRequest error={failed.error} onRetry={() => void failed.refetch()} />}
        {options.data && options.data.demo.length > 0 && (
          <DemoUsers
            users={options.data.demo}
            busyWith={signIn.isPending ? signIn.variables : undefined}
            onPick={signInAs}
          />
        )}
        {oidc.data && <OidcSignIn host={oidc.data.host} {...oidcSignIn} />}
        {signIn.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(signIn.error)}
          </p>
        )}
      </div>
    </SignInFrame>
  );
}

function withoutUser(params: URLSearchParams): URLSearchParams {
  params.delete('user');
  return params;
}
