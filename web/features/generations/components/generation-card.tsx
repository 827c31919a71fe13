import { cx } from '#web/components/class-names.ts';
import { describeGeneration } from '../describe-generation.ts';
import { isInProgress } from '../in-progress.ts';
import { CardActions, type CardActionsProps } from './card-actions.tsx';
import { CardFrame } from './card-frame.tsx';
import { Elapsed } from './elapsed.tsx';

const TONES = { good: 'text-good', news: 'text-ink-2', quiet: 'text-ink-2 max-sm:hidden' } as const;

/** One generation, in whatever state it is, told truly. On a phone a row whose actions stand beside it; else a card. */
export function GenerationCard(props: CardActionsProps) {
  const { generation } = props;
  const words = describeGeneration(generation);
  const beside = isInProgress(generation);
  return (
    <article
      aria-label={generation.name}
      className={cx(
        'grid gap-x-3 p-3 sm:grid-cols-[96px_minmax(0,1fr)] sm:grid-rows-[1fr_auto] sm:gap-x-4 sm:rounded-image sm:border sm:border-line sm:bg-raised',
        beside ? 'max-sm:grid-cols-[56px_minmax(0,1fr)_auto]' : 'max-sm:grid-cols-[56px_minmax(0,1fr)]',
      )}
    >
      <CardFrame generation={generation} className={cx('sm:row-span-2', !beside && 'max-sm:row-span-2')} />
      <div className="min-w-0 max-sm:self-center">
        <h3 className="truncate leading-5" title={generation.name}>
          <bdi>{generation.name}</bdi>
        </h3>
        <p className="text-13 leading-5 text-ink-2">
          {words.summary}
          {words.elapsedSince && (
            <>
              {' · '}
              <Elapsed since={words.elapsedSince} />
            </>
          )}
        </p>
        {words.detail && (
          <p title={words.detail} className={cx('truncate text-13 leading-5', TONES[words.detailTone ?? 'quiet'])}>
            {words.detail}
          </p>
        )}
      </div>
      <CardActions {...props} />
    </article>
  );
}
