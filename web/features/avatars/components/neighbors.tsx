import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ListOf } from '#contract/list.ts';
import { Button } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatTotal } from '#web/format/total.ts';
import { useShortcut } from '#web/hooks/use-shortcut.ts';

interface NeighborsProps {
  /** Avatar ids in gallery order. */
  readonly ids: readonly string[];
  readonly meta: ListOf<unknown>['meta'] | undefined;
  readonly shownId: string;
  readonly hrefOf: (avatarId: string) => string;
}

/** Moves to the previous or next avatar of the project: buttons, arrow keys, or j and k. */
export function Neighbors({ ids, meta, shownId, hrefOf }: NeighborsProps) {
  const navigate = useNavigate();
  const at = ids.indexOf(shownId);
  // An avatar that leaves the list, because it is no favorite any more, for example, still has its neighbors.
  const [lastAt, setLastAt] = useState(at);
  if (at >= 0 && at !== lastAt) setLastAt(at);
  const position = at >= 0 ? at : lastAt;
  const before = position > 0 ? ids[position - 1] : undefined;
  const after = position >= 0 ? ids[at >= 0 ? position + 1 : position] : undefined;
  const go = (id: string | undefined) => {
    if (id) void navigate(hrefOf(id), { replace: true, preventScrollReset: true });
  };
  useShortcut('ArrowLeft', () => go(before));
  useShortcut('k', () => go(before));
  useShortcut('ArrowRight', () => go(after));
  useShortcut('j', () => go(after));
  return (
    <div className="num flex min-h-11 shrink-0 items-center gap-1 text-ink-3">
      {at >= 0 && (
        <span className="mr-1 max-sm:sr-only">
          {formatCount(at + 1)} of {meta ? formatTotal(meta) : formatCount(ids.length)}
        </span>
      )}
      <Button tone="bare" icon aria-label="Previous avatar" disabled={!before} onClick={() => go(before)}>
        <ChevronLeft size={20} strokeWidth={1.5} aria-hidden="true" className="rtl:-scale-x-100" />
      </Button>
      <Button tone="bare" icon className="-mr-2" aria-label="Next avatar" disabled={!after} onClick={() => go(after)}>
        <ChevronRight size={20} strokeWidth={1.5} aria-hidden="true" className="rtl:-scale-x-100" />
      </Button>
    </div>
  );
}
