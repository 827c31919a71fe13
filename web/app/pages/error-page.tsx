import { Button, ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';

/** Where not even the frame stands: the page itself broke. */
export function ErrorPage() {
  return (
    <main className="px-(--gutter)">
      <BrokenView />
    </main>
  );
}

/** A view broke, or a part of it could not be loaded: inside the frame, whose ways lead on. */
export function BrokenView() {
  return (
    <div role="alert" className={CENTERED}>
      <PageTitle title="Stopped working" />
      <h1 className="text-20">This page stopped working</h1>
      <p className="text-ink-2">Nothing is lost: what is developing goes on, and your credits are safe.</p>
      <p className="flex flex-wrap justify-center gap-2">
        <Button tone="go" onClick={() => window.location.reload()}>
          Load it again
        </Button>
        <ButtonLink to="/projects">Show my projects</ButtonLink>
      </p>
    </div>
  );
}

/** No view has this address. */
export function NotFoundView() {
  return (
    <div role="alert" className={CENTERED}>
      <PageTitle title="Nothing here" />
      <h1 className="text-20">There is nothing at this address</h1>
      <p className="text-ink-2">The link may be old.</p>
      <ButtonLink to="/projects">Show my projects</ButtonLink>
    </div>
  );
}

const CENTERED = 'grid min-h-[56vh] content-center justify-items-center gap-5 text-center';
