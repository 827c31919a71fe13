import { isRouteErrorResponse, useRouteError } from 'react-router';
import { buttonClass } from '../../components/button-style.ts';

/** The page itself broke, or there is none at this address. */
export function ErrorPage() {
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main role="alert" className="grid min-h-dvh content-center justify-items-center gap-5 px-(--gutter) text-center">
      <h1 className="text-20">{missing ? 'There is nothing at this address' : 'This page stopped working'}</h1>
      <p className="text-ink-2">
        {missing ? 'The link may be old.' : 'Nothing is lost: what is developing goes on, and your credits are safe.'}
      </p>
      <a href="/projects" className={buttonClass({ tone: 'go' })}>
        Show my projects
      </a>
    </main>
  );
}
