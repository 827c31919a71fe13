import { PageTitle } from '#web/components/page-title.tsx';

/** Shown while a sign-in completes. */
export function SigningIn() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <PageTitle title="Signing in" />
      <h1 role="status" className="text-16 font-regular text-ink-2">
        Signing you in
      </h1>
    </main>
  );
}
