import { useEffect, useEffectEvent, useState } from 'react';
import { useRouteError } from 'react-router';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { isLoadFailure, reloadWhenReachable } from '../load-failure.ts';

/** Shown when the layout itself failed to render. */
export function ErrorPage() {
  return (
    <main className="px-(--gutter)">
      <BrokenView />
    </main>
  );
}

/** Shown inside the layout when a page failed to render or to load. */
export function BrokenView() {
  return isLoadFailure(useRouteError()) ? <UnloadedView /> : <StoppedView />;
}

function StoppedView() {
  return (
    <div role="alert" className={CENTERED}>
      <PageTitle title="Error" />
      <h1 className="text-20">This page stopped working</h1>
      <p className="text-ink-2">Nothing is lost: generations in progress continue, and your credits are safe.</p>
      <p className="flex flex-wrap justify-center gap-2">
        <Button tone="go" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
        <ButtonLink to="/projects">Show my projects</ButtonLink>
      </p>
    </div>
  );
}

/** Loads the page again once the studio can be reached, not before: the browser would show its own error page. */
function UnloadedView() {
  const [unreachable, setUnreachable] = useState(!navigator.onLine);
  const retry = () => void reloadWhenReachable().then((reachable) => setUnreachable(!reachable));
  const onOnline = useEffectEvent(retry);
  useEffect(() => {
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);
  return (
    <div role="alert" className={CENTERED}>
      <PageTitle title="Not loaded" />
      <h1 className="text-20">This page could not be loaded</h1>
      <p className="max-w-prose text-ink-2">
        {unreachable
          ? 'The studio can’t be reached. The page opens as soon as you are online again; generations in progress continue.'
          : 'The studio may have just been updated. Try again in a moment; generations in progress continue.'}
      </p>
      <p className="flex flex-wrap justify-center gap-2">
        <Button tone="go" onClick={retry}>
          Try again
        </Button>
        <ButtonLink to="/projects">Show my projects</ButtonLink>
      </p>
    </div>
  );
}

/** Shown for a URL without a route. */
export function NotFoundView() {
  return (
    <div role="alert" className={CENTERED}>
      <PageTitle title="Not found" />
      <h1 className="text-20">Not found</h1>
      <p className="text-ink-2">This page does not exist. The link may be out of date.</p>
      <ButtonLink to="/projects">Show my projects</ButtonLink>
    </div>
  );
}

const CENTERED = 'grid min-h-[56vh] content-center justify-items-center gap-5 text-center';
