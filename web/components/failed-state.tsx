import { RotateCcw } from 'lucide-react';
import { messageOf, RequestFailed } from '../http/request-failed.ts';
import { Button, ButtonLink } from './button.tsx';

interface FailedStateProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** It stands for the whole page, whose heading it then is. */
  readonly page?: boolean;
}

/** Something could not be read: what happened, and the way on. */
export function FailedState({ error, onRetry, page = false }: FailedStateProps) {
  const Words = page ? 'h1' : 'p';
  const gone = error instanceof RequestFailed && error.code === 'not_found';
  return (
    <div role="alert" className="grid min-h-[56vh] content-center justify-items-center gap-5 text-center">
      <Words className="max-w-prose font-regular leading-body text-ink-2">
        {gone ? 'There is nothing at this address, or it is not yours.' : messageOf(error)}
      </Words>
      {gone ? (
        <ButtonLink to="/projects">Show my projects</ButtonLink>
      ) : (
        <Button onClick={onRetry}>
          <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> Try again
        </Button>
      )}
    </div>
  );
}
