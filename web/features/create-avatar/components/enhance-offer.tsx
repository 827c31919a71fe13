import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '#web/components/button.tsx';
import type { Offer } from '../hooks/use-enhance.ts';

interface EnhanceOfferProps {
  readonly offer: Offer;
  readonly onAccept: () => void;
  readonly onDiscard: () => void;
}

/** What would be added to the prompt and why, before it replaces anything. */
export function EnhanceOffer({ offer, onAccept: onTake, onDiscard: onLeave }: EnhanceOfferProps) {
  const take = useRef<HTMLButtonElement>(null);
  useEffect(() => take.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation(); // it closes the offer, not the dialog
    onLeave();
  };
  const { kept, gone, added } = differences(offer.original, offer.prompt);
  return (
    <section
      aria-label="Enhanced prompt"
      className="arrive mb-1 grid gap-3 rounded-control border border-line bg-paper p-3 text-13"
    >
      <p dir="auto" className="leading-[22px] break-words">
        {kept}
        {gone && <del className="text-ink-3">{gone}</del>}
        <ins className="-mx-0.5 rounded-[3px] bg-from-trait box-decoration-clone px-0.5 py-px decoration-from-trait">
          {added}
        </ins>
      </p>
      <ul className="grid gap-1 text-12 text-ink-3">
        {offer.changes.map(({ kind, added: words, reason }) => (
          <li key={kind}>
            <span className="text-ink-2">{words}</span>: {reason}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button ref={take} size="small" onClick={onTake} onKeyDown={onKeyDown}>
          Take these words
        </Button>
        <Button size="small" tone="bare" onClick={onLeave} onKeyDown={onKeyDown}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}

/** What is there stays at the front and all that is new comes behind it, so the first difference parts them. */
function differences(before: string, after: string) {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  return { kept: before.slice(0, same), gone: before.slice(same), added: after.slice(same) };
}
