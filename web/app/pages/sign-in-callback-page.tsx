import { skipToken, useQuery } from '@tanstack/react-query';
import { Navigate, useLocation } from 'react-router';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useOidc } from '#web/features/sign-in/api/use-oidc.ts';
import { useSignInOptions } from '#web/features/sign-in/api/use-sign-in.ts';
import { OidcSignIn } from '#web/features/sign-in/components/oidc-sign-in.tsx';
import { SignInFailed } from '#web/features/sign-in/sign-in-failed.ts';
import { useOidcSignIn } from '#web/features/sign-in/hooks/use-oidc-sign-in.ts';
import { keys } from '#web/query/keys.ts';
import { useSession } from '#web/auth/auth-context.ts';
import { sameOriginPath } from './same-origin-path.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { SigningIn } from './signing-in.tsx';

/** The redirect target of the identity provider, whose response is in the URL. */
export function SignInCallbackPage() {
  const { search } = useLocation();
  const session = useSession();
  const options = useSignInOptions();
  const oidc = useOidc(options.data?.oidc);
  const provider = oidc.data;
  const response = useQuery({
    queryKey: keys.signInAnswer(search),
    queryFn: provider ? () => provider.finish(window.location.href) : skipToken,
    // A response can be used only once.
    retry: false,
    staleTime: Infinity,
  });
  // A response serves once: after a reload, the Back button, or with a bookmark, the session at the provider may still help.
  const isStale = response.error instanceof SignInFailed && response.error.failure === 'stale';
  const next = sameOriginPath(provider?.wantedPath() ?? null);
  const oidcSignIn = useOidcSignIn({ oidc: provider, next, checkSession: isStale && !session });
  if (response.data !== undefined) return <Navigate replace to={sameOriginPath(response.data)} />;
  if (response.error && session) return <Navigate replace to={next} />;
  if (isStale && oidcSignIn.checking) return <SigningIn />;
  if (provider && response.error) {
    return (
      <SignInFrame heading="You are not signed in" subtitle="Nothing has changed in the studio.">
        <PageTitle title="Sign in" />
        <OidcSignIn host={provider.host} {...oidcSignIn} error={oidcSignIn.error ?? response.error} />
      </SignInFrame>
    );
  }
  const failed = options.isError ? options : oidc;
  if (failed.isError) return <FailedRequest page error={failed.error} onRetry={() => void failed.refetch()} />;
  if (options.data?.oidc === null) return <Navigate replace to="/sign-in" />;
  return <SigningIn />;
}
