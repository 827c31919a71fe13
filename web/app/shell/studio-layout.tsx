import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation, useSearchParams } from 'react-router';
import { API_BASE } from '#contract/route.ts';
import { Announcer } from '#web/features/generations/components/announcer.tsx';
import { FinishedToasts } from '#web/features/generations/components/finished-toasts.tsx';
import { StartupStatus } from '#web/features/startup/components/startup-status.tsx';
import { showsCard } from '#web/features/generations/shows-card.ts';
import { useRefuseStrayFiles } from '#web/hooks/use-offered-files.ts';
import { useFocusReturn } from '#web/hooks/use-focus-return.ts';
import { usePhone } from '#web/hooks/use-phone.ts';
import { LiveEvents } from '#web/live/live-events.tsx';
import { subjectOf } from '#web/auth/token-subject.ts';
import { tabStorage } from '#web/browser/storage.ts';
import { useSession } from '#web/auth/auth-context.ts';
import { createScrollKey } from './scroll-key.ts';
import { OfflineNote } from './offline-note.tsx';
import { Dock } from './dock.tsx';
import { type Overlay, Shortcuts } from './shortcuts.tsx';
import { TopBar } from './top-bar.tsx';

const SignInAgain = lazy(async () => ({
  default: (await import('#web/features/sign-in/components/sign-in-again.tsx')).SignInAgain,
}));

const scrollKey = createScrollKey(tabStorage);

/** The layout for signed-in users, which holds the tab's event stream. */
export function StudioLayout() {
  const session = useSession();
  const { pathname, search } = useLocation();
  const [params] = useSearchParams();
  const phone = usePhone();
  const [overlay, setOverlay] = useState<Overlay>();
  useRefuseStrayFiles();
  const requestedUser = params.get('user');
  if (!session || requestedUser) {
    const next = requestedUser ? pathname : `${pathname}${search}`;
    return (
      <Navigate
        replace
        to={`/sign-in?${new URLSearchParams({ next, ...(requestedUser && { user: requestedUser }) })}`}
      />
    );
  }
  return (
    // The key resets the state when another user signs in.
    <LiveEvents
      key={subjectOf(session.token)}
      url={`${API_BASE}/events`}
      isOnScreen={(generation) => showsCard(pathname, generation)}
    >
      <a
        href="#content"
        className="sr-only z-20 rounded-control bg-raised p-3 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <TopBar onPalette={() => setOverlay('palette')} />
      <Content>
        <StartupStatus />
        <OfflineNote />
        <Outlet />
      </Content>
      {phone && <Dock />}
      <Announcer />
      <FinishedToasts />
      <Shortcuts open={overlay} onOpen={setOverlay} />
      {session.needsSignIn && session.provider && (
        <Suspense>
          <SignInAgain session={session} provider={session.provider} />
        </Suspense>
      )}
      <ScrollRestoration getKey={scrollKey} />
    </LiveEvents>
  );
}

/** What differs between pages. */
function Content({ children }: { readonly children: ReactNode }) {
  const content = useRef<HTMLElement>(null);
  useFocusReturn(content);
  return (
    <main
      ref={content}
      id="content"
      tabIndex={-1}
      className="mx-auto max-w-(--content) px-(--gutter) pt-3 pb-24 outline-none sm:pt-5"
    >
      {children}
    </main>
  );
}
