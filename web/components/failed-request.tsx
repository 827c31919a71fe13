import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useErrorMessage } from '../hooks/use-error-message.ts';
import { RequestFailed } from '../http/request-failed.ts';
import { Button, ButtonLink } from './button.tsx';

interface FailedRequestProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Replaces the whole page, so the message becomes the page's heading. */
  readonly page?: boolean;
  /** A further action where nothing was found. */
  readonly notFoundAction?: ReactNode;
}

/**
 * Stands where a request to the API should have shown something: what happened, and a button to retry or leave. The card of a failed
 * generation has its texts in features/generations/generation-card-text.ts.
 */
export function FailedRequest({ error, onRetry, page = false, notFoundAction }: FailedRequestProps) {
  const Message = page ? 'h1' : 'p';
  const message = useErrorMessage(error);
  const notFound = error instanceof RequestFailed && error.code === 'not_found';
  return (
    <div role="alert" className="grid min-h-[56vh] content-center justify-items-center gap-5 text-center">
      <Message className="max-w-prose font-regular leading-body text-ink-2">
        {notFound ? 'Not found. It does not exist, or you do not have access to it.' : message}
      </Message>
      {notFound ? (
        <p className="flex flex-wrap justify-center gap-2">
          <ButtonLink to="/projects">Show my projects</ButtonLink>
          {notFoundAction}
        </p>
      ) : (
        <Button onClick={onRetry}>
          <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> Try again
        </Button>
      )}
    </div>
  );
}
