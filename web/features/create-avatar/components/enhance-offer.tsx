import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '#web/components/button.tsx';
import type { Offer } from '../hooks/use-enhance.ts';

interface EnhanceOfferProps {
  readonly offer: Offer;
  readonly onAccept: () => void;
  readonly onDiscard: () => void;
}

/** Shows what enhancing would change and why, before the prompt is replaced. */
export function EnhanceOffer({ offer, onAccept, onDiscard }: EnhanceOfferProps) {
  const acceptButton = useRef<HTMLButtonElement>(null);
  useEffect(() => acceptButton.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation(); // closes the offer, not the dialog
    onDiscard();
  };
  const { unchanged, removed, added } = differences(offer.original, offer.prompt);
  return (
    <section
      aria-label="Enhanced prompt"
      className="arrive mb-1 grid gap-3 rounded-control border border-line bg-paper p-3 text-13"
    >
      <p dir="auto" className="leading-[22px]">
        {unchanged}
        {removed && <del className="text-ink-3">{removed}</del>}
        <ins className="-mx-0.5 rounded-[3px] bg-from-trait box-decoration-clone px-0.5 py-px decoration-from-trait">
          {added}
        </ins>
      </p>
      <ul className="grid gap-1 text-12 text-ink-3">
        {offer.changes.map(({ kind, added: addedText, reason }) => (
          <li key={kind}>
            <span className="text-ink-2">{addedText}</span>: {reason}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button ref={acceptButton} size="small" onClick={onAccept} onKeyDown={onKeyDown}>
          Use this prompt
        </Button>
        <Button size="small" tone="bare" onClick={onDiscard} onKeyDown={onKeyDown}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}

/** Enhancing only appends, so everything before the first difference is unchanged. */
function differences(before: string, after: string) {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  return { unchanged: before.slice(0, same), removed: before.slice(same), added: after.slice(same) };
}
