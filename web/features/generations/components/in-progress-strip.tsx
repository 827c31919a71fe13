import { useRef, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import type { Generation } from '#contract/generation.ts';
import { GLIDE_MS, useFlip } from '#web/hooks/use-flip.ts';
import { usePhone } from '#web/hooks/use-phone.ts';
import { useThrottledValue } from '#web/hooks/use-throttled-value.ts';
import { type InProgress, selectShownCards } from '../in-progress.ts';
import type { ResultActions } from './card-actions.tsx';
import { LiveCard } from './live-card.tsx';

/** Few enough that the gallery stays in view. */
const SHOWN_FIRST = 6;
const SHOWN_FIRST_ON_PHONE = 3;
/** Reordering cards while they still move would make them jump; on a busy machine the animation starts late. */
const REST_MS = 2.5 * GLIDE_MS;

interface InProgressStripProps {
  readonly inProgress: InProgress;
  readonly mayRaise: boolean;
  readonly resultActions?: ResultActions;
  /** Shows every card, on a page that has no gallery. */
  readonly showAll?: boolean;
}

/** The generations in progress. Renders nothing when there are none. */
export function InProgressStrip({ inProgress, mayRaise, resultActions, showAll = false }: InProgressStripProps) {
  const { cards, activeCount, creditsHeld } = inProgress;
  const [all, setAll] = useState(showAll);
  const phone = usePhone();
  const list = useRef<HTMLUListElement>(null);
  const first = phone ? SHOWN_FIRST_ON_PHONE : SHOWN_FIRST;
  // A button that reveals only one card would take as much room as the card.
  const chosen = all || cards.length === first + 1 ? cards : selectShownCards(cards, first);
  const arranged = useThrottledValue(chosen, REST_MS, areSameCards);
  useFlip(list);
  if (cards.length === 0) return null;
  const shown = arranged.map((card) => cards.find(({ id }) => id === card.id) ?? card);
  const hidden = cards.length - chosen.length;
  return (
    <section id="in-progress" aria-label="In progress" className="mb-6">
      <header className="mb-2 flex min-h-6 items-center gap-3 text-13 max-sm:min-h-8">
        <h2>In progress</h2>
        {activeCount > 0 && (
          <span className="num text-ink-3">
            {counted(activeCount, 'generation')}
            {creditsHeld > 0 && (
              // A phone has no room for both this and the button.
              <span className={hidden > 0 ? 'max-sm:hidden' : undefined}> · {counted(creditsHeld, 'credit')} held</span>
            )}
          </span>
        )}
        {hidden > 0 && (
          <Button tone="bare" size="small" className="-my-1.5 ml-auto" onClick={() => setAll(true)}>
            Show {formatCount(hidden)} more
          </Button>
        )}
      </header>
      <ul
        ref={list}
        className="grid grid-cols-1 max-sm:divide-y max-sm:divide-line max-sm:overflow-hidden max-sm:rounded-image max-sm:border max-sm:border-line max-sm:bg-raised sm:grid-cols-2 sm:gap-3 xl:grid-cols-3"
      >
        {shown.map((generation) => (
          <li key={generation.id} data-flip={generation.id} className="arrive grid min-w-0">
            <LiveCard generation={generation} mayRaise={mayRaise} resultActions={resultActions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function areSameCards(some: readonly Generation[], others: readonly Generation[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => id === others[index]?.id);
}
