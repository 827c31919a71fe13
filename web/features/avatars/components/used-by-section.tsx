import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { formatCount } from '#web/format/count.ts';
import { useUses } from '../api/use-avatar-details.ts';
import { usesByApp } from '../app-uses.ts';
import { SheetSection } from './fact-list.tsx';
import { Spark } from './spark.tsx';

const ROWS_SHOWN = 5;

/** Which apps show this face, and how often in the last two weeks. */
export function UsedBySection({ avatar }: { readonly avatar: Avatar }) {
  const query = useUses(avatar.id);
  const [nowMs] = useState(() => Date.now());
  const uses = query.data?.data ?? [];
  const apps = usesByApp(uses, nowMs).slice(0, ROWS_SHOWN);
  return (
    <SheetSection
      title="Used by"
      aside={<span className="num text-ink-3">{formatCount(query.data?.meta.total ?? avatar.usageCount)}</span>}
    >
      {query.isSuccess && apps.length === 0 && <p className="text-13 text-ink-3">No app has used it yet.</p>}
      {query.isError && (
        <button type="button" className="min-h-11 text-13 underline" onClick={() => void query.refetch()}>
          The uses could not be read. Try again
        </button>
      )}
      <ul className="text-13">
        {apps.map(({ appId, appName, count, daily }) => (
          <li
            key={appId}
            className="grid min-h-9 grid-cols-[minmax(0,1fr)_auto_40px] items-center gap-4 border-b border-line last:border-0"
          >
            <bdi className="truncate" title={appName}>
              {appName}
            </bdi>
            <Spark values={daily} />
            <span className="num text-right">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      {query.data?.meta.hasMore && (
        <p className="mt-1 text-12 text-ink-3">Counted among its newest {formatCount(uses.length)} uses.</p>
      )}
    </SheetSection>
  );
}
