import { useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { Button } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import type { ResultActions } from './card-actions.tsx';
import { RecentRow } from './recent-row.tsx';

const SHOWN_FIRST = 8;

interface RecentListProps {
  readonly generations: readonly Generation[];
  /** Whether the user is an admin. */
  readonly isAdmin?: boolean;
  readonly resultActions?: ResultActions;
}

/** The generations that ended within the last day. Renders nothing when there are none. */
export function RecentList({ generations, isAdmin = false, resultActions }: RecentListProps) {
  const [all, setAll] = useState(false);
  if (generations.length === 0) return null;
  // A button that reveals only one row would take as much room as the row.
  const shown = all || generations.length === SHOWN_FIRST + 1 ? generations : generations.slice(0, SHOWN_FIRST);
  const hidden = generations.length - shown.length;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent" className="mb-2 text-13">
        Recent
      </h2>
      <ul className="border-t border-line">
        {shown.map((generation) => (
          <RecentRow key={generation.id} generation={generation} isAdmin={isAdmin} resultActions={resultActions} />
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
