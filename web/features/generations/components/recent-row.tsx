import { Link } from 'react-router';
import type { Generation } from '#contract/generation.ts';
import { generationPath } from '#web/components/avatar-path.ts';
import { formatMoment } from '#web/format/moment.ts';
import { useNowAt } from '#web/hooks/use-now-at.ts';
import { generationCardText } from '../generation-card-text.ts';
import { useRetry } from '../hooks/use-retry.ts';
import type { ResultActions } from './card-actions.tsx';
import { CardFrame } from './card-frame.tsx';
import { DiagnoseLink } from './diagnose-link.tsx';
import { RetryAction } from './retry-action.tsx';

interface RecentRowProps {
  readonly generation: Generation;
  readonly isAdmin: boolean;
  readonly resultActions?: ResultActions | undefined;
}

/** A generation that ended: its image or the failure, with its retry. */
export function RecentRow({ generation, isAdmin, resultActions }: RecentRowProps) {
  const { onRetry, retrying } = useRetry(generation);
  const { avatar, finishedAt, status } = generation;
  const name = avatar?.name ?? generation.name;
  const path = generationPath(generation);
  const { summary, detail } = generationCardText(generation, useNowAt(generation.retryAt));
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      {path ? (
        // The name is the link for the keyboard and screen readers.
        <Link to={path} tabIndex={-1} aria-hidden="true" className="shrink-0">
          <CardFrame generation={generation} className="size-11" />
        </Link>
      ) : (
        <CardFrame generation={generation} className="size-11 shrink-0" />
      )}
      <div className="min-w-0 grow">
        <p className="truncate" title={name}>
          {path ? (
            <Link
              to={path}
              className="underline-offset-3 hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center"
            >
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
        </p>
        <p className="text-13 text-ink-2 sm:truncate" title={summary}>
          {summary}
          {detail && <span className="text-ink-3"> · {detail}</span>}
        </p>
      </div>
      {finishedAt && (
        <time dateTime={finishedAt} className="num shrink-0 text-13 text-ink-3 max-sm:hidden">
          {formatMoment(finishedAt)}
        </time>
      )}
      {isAdmin && <DiagnoseLink generation={generation} />}
      {avatar?.trashedAt === null && resultActions?.(avatar)}
      {status !== 'completed' && (
        <RetryAction
          generation={generation}
          retrying={retrying}
          tone="plain"
          iconClassName="max-sm:hidden"
          onRetry={onRetry}
        />
      )}
    </li>
  );
}
