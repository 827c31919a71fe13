import { useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { Button } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { RecentRow } from './recent-row.tsx';

const SHOWN_FIRST = 8;

interface RecentListProps {
  readonly generations: readonly Generation[];
  /** It is one of the studio's own people who looks. */
  readonly operator?: boolean;
}

/** What ended within a day. Not there when nothing did. */
export function RecentList({ generations, operator = false }: RecentListProps) {
  const [all, setAll] = useState(false);
  if (generations.length === 0) return null;
  // A button that reveals one row takes the room of a row.
  const shown = all || generations.length === SHOWN_FIRST + 1 ? generations : generations.slice(0, SHOWN_FIRST);
  const hidden = generations.length - shown.length;
  return (
    <section aria-labelledby="lately">
      <h2 id="lately" className="mb-2 text-13">
        Lately
      </h2>
      <ul className="border-t border-line">
        {shown.map((generation) => (
          <RecentRow key={generation.id} generation={generation} operator={operator} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button tone="bare" size="small" className="mt-1 -ml-2.5" onClick={() => setAll(true)}>
          Show {formatCount(hidden)} more
        </Button>
      )}
    </section>
  );
}
