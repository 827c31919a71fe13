import { ArrowDown, ArrowUp, PencilLine, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import { FIRST_PRIORITY, LAST_PRIORITY } from '#domain/generation/tier.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { DiagnoseLink } from './diagnose-link.tsx';
import { RetryAction } from './retry-action.tsx';

/** Actions on a finished avatar; the pages bring them. */
export type ResultActions = (avatar: Avatar) => ReactNode;

export interface CardActionsProps {
  readonly generation: Generation;
  /** Whether the user is an admin, who may raise the priority and open the diagnosis. */
  readonly mayRaise: boolean;
  readonly cancelling: boolean;
  readonly retrying: boolean;
  /** Null if the project was deleted. */
  readonly editHref: string | null;
  readonly onCancel: () => void;
  readonly onMove: (priority: number) => void;
  readonly onRetry: () => void;
  readonly onDismiss: () => void;
  readonly resultActions?: ResultActions | undefined;
}

/** The actions available in the generation's state. Labels name the avatar, for screen readers that read them out of context. */
export function CardActions(props: CardActionsProps) {
  const { status, refusal, avatar } = props.generation;
  const ended = status === 'failed' || status === 'cancelled' || refusal !== null;
  return (
    <div
      className={cx(
        'flex sm:col-start-2 sm:-mx-2.5 sm:-mb-1 sm:gap-x-1 sm:pt-1',
        ended ? '-mx-2.5 -mb-2 flex-wrap max-sm:col-start-2' : 'max-sm:-mr-2 max-sm:self-center',
      )}
    >
      {status === 'completed' ? (
        avatar && props.resultActions?.(avatar)
      ) : ended ? (
        <EndedActions {...props} />
      ) : (
        <WaitingActions {...props} />
      )}
    </div>
  );
}

function WaitingActions({ generation, mayRaise, cancelling, onCancel, onMove }: CardActionsProps) {
  const { name, priority, status } = generation;
  return (
    <>
      {status === 'pending' && mayRaise && priority > FIRST_PRIORITY && (
        <Button tone="bare" size="small" aria-label={`Raise ${isolated(name)}`} onClick={() => onMove(priority - 1)}>
          <ArrowUp size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">Raise</span>
        </Button>
      )}
      {status === 'pending' && priority < LAST_PRIORITY && (
        <Button tone="bare" size="small" aria-label={`Lower ${isolated(name)}`} onClick={() => onMove(priority + 1)}>
          <ArrowDown size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">Lower</span>
        </Button>
      )}
      {mayRaise && <DiagnoseLink generation={generation} />}
      <Button
        tone="bare"
        size="small"
        className="ml-auto"
        aria-label={`Cancel ${isolated(name)}`}
        disabled={cancelling}
        onClick={onCancel}
      >
        <X size={16} strokeWidth={1.5} aria-hidden="true" />
        <span className="max-sm:hidden">{cancelling ? 'Cancelling' : 'Cancel'}</span>
      </Button>
    </>
  );
}

function EndedActions({ generation, mayRaise, retrying, editHref, onRetry, onDismiss }: CardActionsProps) {
  const { name, status } = generation;
  return (
    <>
      {status !== 'requested' && (
        <RetryAction
          generation={generation}
          retrying={retrying}
          tone="bare"
          iconClassName="max-lg:hidden"
          onRetry={onRetry}
        />
      )}
      {editHref && generation.retriedAs === null && (
        <ButtonLink tone="bare" size="small" to={editHref} aria-label={`Edit and retry ${isolated(name)}`}>
          <PencilLine size={16} strokeWidth={1.5} aria-hidden="true" className="max-lg:hidden" /> Edit and retry
        </ButtonLink>
      )}
      {mayRaise && <DiagnoseLink generation={generation} />}
      <Button tone="bare" size="small" className="ml-auto" aria-label={`Dismiss ${name}`} onClick={onDismiss}>
        Dismiss
      </Button>
    </>
  );
}
