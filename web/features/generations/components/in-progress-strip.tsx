import { useRef, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import type { Generation } from '#contract/generation.ts';
import { GLIDE_MS, useFlip } from '#web/hooks/use-flip.ts';
import { usePhone } from '#web/hooks/use-phone.ts';
import { useThrottledValue } from '#web/hooks/use-throttled-value.ts';
import { type InProgress, selectShownCards } from '../in-progress.ts';
import { LiveCard } from './live-card.tsx';

/** Enough to see what is going on, few enough that the gallery stays in sight. */
const SHOWN_FIRST = 6;
const SHOWN_FIRST_ON_PHONE = 3;
/** Cards that change places while they glide would jump; on a busy machine a glide begins late. */
const REST_MS = 2.5 * GLIDE_MS;

interface InProgressStripProps {
  readonly inProgress: InProgress;
  readonly mayRaise: boolean;
  /** The page is about nothing else. */
  readonly showAll?: boolean;
}

/** What is in the queue. Not there when nothing is. */
export function InProgressStrip({ inProgress, mayRaise, showAll = false }: InProgressStripProps) {
  const { cards, activeCount: underWay, creditsHeld } = inProgress;
  const [all, setAll] = useState(showAll);
  const phone = usePhone();
  const list = useRef<HTMLUListElement>(null);
  const first = phone ? SHOWN_FIRST_ON_PHONE : SHOWN_FIRST;
  // A button that reveals one card takes the room of a card.
  const chosen = all || cards.length === first + 1 ? cards : selectShownCards(cards, first);
  const arranged = useThrottledValue(chosen, REST_MS, areSameCards);
  useFlip(list);
  if (cards.length === 0) return null;
  const shown = arranged.map((one) => cards.find(({ id }) => id === one.id) ?? one);
  const hidden = cards.length - chosen.length;
  return (
    <section id="developing" aria-label="Developing" className="mb-6 scroll-mt-20">
      <header className="mb-2 flex min-h-6 items-center gap-3 text-13 max-sm:min-h-8">
        <h2>Developing</h2>
        {underWay > 0 && (
          <span className="num text-ink-3">
            {formatCount(underWay)} under way
            {creditsHeld > 0 && (
              // On a phone there is no room for both this and the button.
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
            <LiveCard generation={generation} mayRaise={mayRaise} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function areSameCards(some: readonly Generation[], others: readonly Generation[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => id === others[index]?.id);
}
