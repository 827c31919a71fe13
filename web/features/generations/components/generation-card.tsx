import { cx } from '../../../components/class-names.ts';
import { describeGeneration } from '../describe-generation.ts';
import { CardActions, type CardActionsProps } from './card-actions.tsx';
import { CardFrame } from './card-frame.tsx';
import { Elapsed } from './elapsed.tsx';

/** One generation, in whatever state it is, told truly. */
export function GenerationCard(props: CardActionsProps) {
  const { generation } = props;
  const words = describeGeneration(generation);
  return (
    <article
      aria-label={generation.name}
      className="grid grid-cols-[64px_minmax(0,1fr)] gap-3 p-3 sm:grid-cols-[96px_minmax(0,1fr)] sm:gap-4 sm:rounded-picture sm:border sm:border-line sm:bg-raised"
    >
      <CardFrame generation={generation} />
      <div className="flex min-w-0 flex-col sm:min-h-24">
        <h3 className="truncate leading-5" title={generation.name}>
          {generation.name}
        </h3>
        <p className="text-13 leading-5 text-ink-2">
          {words.line}
          {words.clockFrom && (
            <>
              {' · '}
              <Elapsed since={words.clockFrom} />
            </>
          )}
        </p>
        {words.detail && (
          <p
            title={words.detail}
            className={cx('truncate text-13 leading-5', words.detailTone === 'good' ? 'text-good' : 'text-ink-2')}
          >
            {words.detail}
          </p>
        )}
        <CardActions {...props} />
      </div>
    </article>
  );
}
