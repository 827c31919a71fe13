import { useEffect, useEffectEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { STYLES } from '../../../domain/style.ts';
import { styleSample } from '../../assets/style-samples.ts';
import { FailedState } from '../../components/failed-state.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useDemoSignIn, useSignInOptions } from '../../features/sign-in/api/use-sign-in.ts';
import { DemoPeople } from '../../features/sign-in/components/demo-people.tsx';
import { messageOf } from '../../http/request-failed.ts';
import { useSession } from '../../session/session-context.ts';
import { Brand } from '../shell/brand.tsx';
import { ThemeSwitch } from '../shell/theme-switch.tsx';

/** Only our own paths: a link must not send people elsewhere after they signed in. */
function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/projects';
}

export function SignInPage() {
  const session = useSession();
  const [params, setParams] = useSearchParams();
  const options = useSignInOptions();
  const signIn = useDemoSignIn();
  const asked = params.get('user');

  const signInAs = (user: string) =>
    signIn.mutate(user, { onSettled: () => setParams(withoutUser, { replace: true }) });
  const onAsked = useEffectEvent((user: string) => signInAs(user));
  useEffect(() => {
    if (asked) onAsked(asked);
  }, [asked]);

  if (session && !asked) return <Navigate replace to={safeNext(params.get('next'))} />;
  return (
    <div className="mx-auto flex min-h-dvh max-w-(--content) flex-col px-(--gutter)">
      <PageTitle title="Sign in" />
      <header className="flex h-14 items-center justify-between">
        <Brand />
        <ThemeSwitch />
      </header>
      <main className="grid grow content-center gap-10 py-8 md:grid-cols-[minmax(0,380px)_minmax(0,1fr)] md:items-center md:gap-16">
        <div className="grid gap-6">
          <div className="grid gap-2">
            <h1 className="text-28 tracking-[-0.022em]">A quiet room for making faces</h1>
            <p className="text-ink-2">Describe someone, watch the picture develop, pay only when it is delivered.</p>
          </div>
          {options.isPending && (
            <div role="status" aria-label="Reading who may sign in" className="h-48 rounded-control bg-sunken" />
          )}
          {options.isError && <FailedState error={options.error} onRetry={() => void options.refetch()} />}
          {options.data && options.data.demo.length > 0 && (
            <DemoPeople
              people={options.data.demo}
              busyWith={signIn.isPending ? signIn.variables : undefined}
              onPick={signInAs}
            />
          )}
          {options.data?.demo.length === 0 && (
            <p className="text-ink-2">
              This studio signs people in at {options.data.oidcIssuer ?? 'its identity provider'}.
            </p>
          )}
          {signIn.error && (
            <p role="alert" className="text-13 text-bad">
              {messageOf(signIn.error)}
            </p>
          )}
        </div>
        <ul aria-hidden="true" className="grid grid-cols-5 gap-2 max-md:order-first sm:gap-3">
          {STYLES.map((style) => (
            <li key={style} className="aspect-square overflow-hidden rounded-control bg-sunken sm:rounded-picture">
              {styleSample(style) && <img src={styleSample(style)} alt="" className="size-full object-cover" />}
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

function withoutUser(params: URLSearchParams): URLSearchParams {
  params.delete('user');
  return params;
}
