import { useEffect } from 'react';
import { cx } from '#web/components/class-names.ts';
import { formatElapsed } from '#web/format/duration.ts';
import { useNowAt } from '#web/hooks/use-now-at.ts';
import { useSecond } from '#web/hooks/use-second.ts';
import { serverNowMs } from '#web/live/server-clock.ts';
import { generationCardText } from '../generation-card-text.ts';
import { useLongPress } from '#web/hooks/use-long-press.ts';
import { setHeld } from '../hooks/use-held.ts';
import { isInProgress } from '../in-progress.ts';
import { CardActions, type CardActionsProps } from './card-actions.tsx';
import { CardFrame } from './card-frame.tsx';

const TONES = { good: 'text-good', news: 'text-ink-2', quiet: 'text-ink-2 max-sm:hidden' } as const;

/** One generation in any state. A row with its actions at the end on a phone; otherwise a card. */
export function GenerationCard(props: CardActionsProps) {
  const { generation } = props;
  const text = generationCardText(generation, useNowAt(generation.retryAt));
  const oneRow = isInProgress(generation) || generation.status === 'completed';
  const longPress = useLongPress((card) => card.querySelector<HTMLElement>('[data-menu]')?.click());
  useEffect(() => () => setHeld(generation.id, false), [generation.id]);
  return (
    <div
      className="grid min-w-0"
      {...longPress}
      // Not when it enters: a card may also appear under a pointer that rests.
      onPointerMove={() => setHeld(generation.id, true)}
      onPointerLeave={({ currentTarget }) => setHeld(generation.id, currentTarget.contains(document.activeElement))}
      onFocus={() => setHeld(generation.id, true)}
      onBlur={({ currentTarget, relatedTarget }) =>
        setHeld(generation.id, currentTarget.contains(relatedTarget) || currentTarget.matches(':hover'))
      }
    >
      <article
        aria-label={generation.name}
        className={cx(
          generation.status === 'completed' && 'select-none [-webkit-touch-callout:none]',
          'grid gap-x-3 p-3 sm:grid-cols-[96px_minmax(0,1fr)] sm:grid-rows-[1fr_auto] sm:gap-x-4 sm:rounded-image sm:border sm:border-line sm:bg-raised',
          oneRow ? 'max-sm:grid-cols-[56px_minmax(0,1fr)_auto]' : 'max-sm:grid-cols-[56px_minmax(0,1fr)]',
        )}
      >
        <CardFrame linked generation={generation} className={cx('sm:row-span-2', !oneRow && 'max-sm:row-span-2')} />
        <div className="min-w-0 max-sm:self-center">
          <h3 className="truncate leading-5" title={generation.name}>
            <bdi>{generation.name}</bdi>
          </h3>
          <p className="text-13 leading-5 text-ink-2">
            {text.summary}
            {text.elapsedSince && (
              <>
                {' · '}
                <Elapsed since={text.elapsedSince} />
              </>
            )}
          </p>
          {text.detail && (
            <p title={text.detail} className={cx('truncate text-13 leading-5', TONES[text.detailTone ?? 'quiet'])}>
              {text.detail}
            </p>
          )}
        </div>
        <CardActions {...props} />
      </article>
    </div>
  );
}

/** The time elapsed since a server timestamp. Hidden from screen readers, to which only stages are announced. */
function Elapsed({ since }: { readonly since: string }) {
  const nowMs = useSecond();
  return (
    <span aria-hidden="true" className="num">
      {formatElapsed(serverNowMs(nowMs) - Date.parse(since))}
    </span>
  );
}
