import { useSearchParams } from 'react-router';
import { ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useOidc } from '#web/features/sign-in/api/use-oidc.ts';
import { useSignInOptions } from '#web/features/sign-in/api/use-sign-in.ts';
import { OidcSignIn } from '#web/features/sign-in/components/oidc-sign-in.tsx';
import { useOidcSignIn } from '#web/features/sign-in/hooks/use-oidc-sign-in.ts';
import { SignInFrame } from './sign-in-frame.tsx';

/** Shown after signing out. Does not look for an existing session, so the user is not signed in again unasked. */
export function SignedOutPage() {
  const [params] = useSearchParams();
  const oidc = useOidc(useSignInOptions().data?.oidc);
  const oidcSignIn = useOidcSignIn({ oidc: oidc.data, next: '/projects', checkSession: false });
  const subtitle = params.has('still')
    ? 'You may still be signed in to your identity provider. On a shared computer, sign out there too.'
    : 'Generations in progress continue.';
  return (
    <SignInFrame heading="You are signed out" subtitle={subtitle}>
      <PageTitle title="Signed out" />
      {oidc.data ? (
        <OidcSignIn host={oidc.data.host} {...oidcSignIn} />
      ) : (
        <ButtonLink to="/sign-in">Sign in</ButtonLink>
      )}
    </SignInFrame>
  );
}
