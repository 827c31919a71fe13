import { useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { formatCount } from '#web/format/count.ts';
import { formatTotal } from '#web/format/total.ts';
import { useUses } from '../api/use-avatar-details.ts';
import { usesByApp } from '../app-uses.ts';
import { AvatarSection } from './avatar-section.tsx';

const ROWS_SHOWN = 5;

/** The apps that use the avatar, with daily counts of the last two weeks. */
export function UsedBySection({ avatar }: { readonly avatar: Avatar }) {
  const query = useUses(avatar.id);
  const [nowMs] = useState(() => Date.now());
  const uses = query.data?.data ?? [];
  const apps = usesByApp(uses, nowMs).slice(0, ROWS_SHOWN);
  return (
    <AvatarSection
      title="Used by"
      aside={
        <span className="num text-ink-3">
          {query.data ? formatTotal(query.data.meta) : formatCount(avatar.usageCount)}
        </span>
      }
    >
      {query.isSuccess && apps.length === 0 && <p className="text-13 text-ink-3">No app has used it yet.</p>}
      {query.isError && (
        <button type="button" className="min-h-11 text-13 underline" onClick={() => void query.refetch()}>
          Usage could not be loaded. Try again
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
        <p className="mt-1 text-12 text-ink-3">Based on the latest {formatCount(uses.length)} uses.</p>
      )}
    </AvatarSection>
  );
}

interface SparkProps {
  readonly values: readonly number[];
}

const SPARK_WIDTH = 84;
const SPARK_HEIGHT = 18;

/** A sparkline without axes; the number beside it gives the total. */
function Spark({ values }: SparkProps) {
  const top = Math.max(...values, 1);
  const step = SPARK_WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${index * step},${SPARK_HEIGHT - 1 - (value / top) * (SPARK_HEIGHT - 2)}`,
  );
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      width={SPARK_WIDTH}
      height={SPARK_HEIGHT}
      className="text-ink-2"
    >
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} />
    </svg>
  );
}
