import { useSearchParams } from 'react-router';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useStats } from '#web/features/admin/api/use-stats.ts';
import { RefreshButton } from '#web/features/admin/components/refresh-button.tsx';
import { StatsOverview } from '#web/features/admin/components/stats-overview.tsx';

const SPANS = [
  { value: '1', label: '1 h' },
  { value: '24', label: '24 h' },
  { value: '168', label: '7 d' },
  { value: '720', label: '30 d' },
] as const;
type Span = (typeof SPANS)[number]['value'];
const DEFAULT_SPAN: Span = '24';

/** Generations, providers, queue, and cost of the whole studio over a period. */
export function AdminStatsPage() {
  const [params, setParams] = useSearchParams();
  const span = SPANS.find(({ value }) => value === params.get('hours'))?.value ?? DEFAULT_SPAN;
  const query = useStats(Number(span));
  return (
    <>
      <PageTitle title="Statistics" />
      <div className="mb-4 flex min-h-11 flex-wrap items-center gap-3">
        <h2 className="mr-auto text-16">Studio statistics</h2>
        <RefreshButton disabled={query.isFetching} onClick={() => void query.refetch()} />
        <Segmented
          compact
          label="Period"
          options={SPANS}
          value={span}
          onChange={(hours) => setParams(hours === DEFAULT_SPAN ? {} : { hours }, { replace: true })}
        />
      </div>
      {query.isPending && <RowsSkeleton label="Loading the statistics" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <StatsOverview stats={query.data} />}
    </>
  );
}
