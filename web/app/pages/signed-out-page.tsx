import { useSearchParams } from 'react-router';
import { ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useOidc } from '#web/features/sign-in/api/use-oidc.ts';
import { useSignInOptions } from '#web/features/sign-in/api/use-sign-in.ts';
import { OidcSignIn } from '#web/features/sign-in/components/oidc-sign-in.tsx';
import { useOidcSignIn } from '#web/features/sign-in/hooks/use-oidc-sign-in.ts';
import { SignInFrame } from './sign-in-frame.tsx';

/** After signing out. Looks for nobody: whoever left does not want to be let in again unasked. */
export function SignedOutPage() {
  const [params] = useSearchParams();
  const oidc = useOidc(useSignInOptions().data?.oidc);
  const there = useOidcSignIn({ oidc: oidc.data, next: '/projects', checkSession: false });
  const words = params.has('still')
    ? 'This page knows nothing of you any more. Where you signed in you may still be: sign out there as well on a machine you share.'
    : 'What is developing goes on, and waits for you.';
  return (
    <SignInFrame heading="You are signed out" subtitle={words}>
      <PageTitle title="Signed out" />
      {oidc.data ? <OidcSignIn host={oidc.data.host} {...there} /> : <ButtonLink to="/sign-in">Sign in</ButtonLink>}
    </SignInFrame>
  );
}
