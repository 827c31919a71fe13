import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { BlankState } from '#web/components/blank-state.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import {
  type UsageSummary,
  useUsageCosts,
  useUsageSummary,
  useUsageTrends,
} from '#web/features/usage/api/use-usage.ts';
import { CostTable } from '#web/features/usage/components/cost-table.tsx';
import { RangeBar } from '#web/features/usage/components/range-bar.tsx';
import { SummaryFigures } from '#web/features/usage/components/summary-figures.tsx';
import { TrendChart } from '#web/features/usage/components/trend-chart.tsx';
import { readRange } from '#web/features/usage/range.ts';
import type { Series } from '#web/features/usage/series.ts';
import { creditsOf } from '#web/features/usage/usage-labels.ts';
import { formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { RequestFailed } from '#web/http/request-failed.ts';

const USES: Series[] = [{ key: 'uses', label: 'Uses', color: 'var(--ink-2)', format: formatCount }];
const GENERATED: Series[] = [
  { key: 'completed', label: 'Generated', color: 'var(--ink-2)', format: formatCount },
  { key: 'failed', label: 'Failed', color: 'var(--bad)', format: formatCount },
];
const CREDITS: Series[] = [{ key: 'credits', label: 'Credits', color: 'var(--ink-2)', format: creditsOf }];
const DOLLARS: Series[] = [
  { key: 'costUsd', label: 'USD', fractions: true, color: 'var(--ink-2)', format: formatDollars },
];

/** Uses of avatars by apps, generations, and their cost over a period. */
export function UsagePage() {
  const [params, setParams] = useSearchParams();
  const [openedMs] = useState(() => Date.now());
  const range = readRange(params, openedMs);
  const admin = useProfile()?.role === 'admin';
  const summary = useUsageSummary(range);
  const trends = useUsageTrends(range);
  const byApp = useUsageCosts(range, 'app');
  const byProject = useUsageCosts(range, 'project');
  const byProvider = useUsageCosts(range, 'provider');
  const all = [summary, trends, byApp, byProject, byProvider];
  const failed = all.find(({ error }) => error !== null && !isTooMuch(error));

  const change = (changes: Record<string, string | undefined>) =>
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { replace: true },
    );
  const retry = () => all.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch());
  return (
    <>
      <PageTitle title="Usage" />
      <div className="mb-4 flex min-h-11 flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 tracking-[-0.012em]">Usage</h1>
        <RangeBar range={range} mayChooseAccount={admin} onChange={change} />
      </div>
      {failed ? (
        <FailedRequest error={failed.error} onRetry={retry} />
      ) : summary.data && isEmpty(summary.data) ? (
        <BlankState
          sentence="No avatars were generated, and none was used by an app, in this period."
          action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
        />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <SummaryFigures summary={summary.data} />
          <div className="grid gap-8 lg:grid-cols-2">
            <TrendChart title="Uses by app" trends={trends.data} series={USES} />
            <TrendChart title="Avatars generated" trends={trends.data} series={GENERATED} />
            <TrendChart title="Credits spent" trends={trends.data} series={CREDITS} />
            <TrendChart title="Provider cost (USD)" trends={trends.data} series={DOLLARS} />
          </div>
          <div className="grid gap-8 md:grid-cols-2 xl:grid-cols-3">
            <CostTable title="By app" by="app" costs={byApp.data} tooMuch={isTooMuch(byApp.error)} />
            <CostTable title="By project" by="project" costs={byProject.data} tooMuch={isTooMuch(byProject.error)} />
            <CostTable title="By provider" by="provider" costs={byProvider.data} />
          </div>
          <p className="text-12 text-ink-3">
            Days start at midnight UTC. Each project’s cost is split among apps in proportion to their use of its
            avatars.
          </p>
        </div>
      )}
    </>
  );
}

/** Costs of all accounts by project or app are not read for any period. */
function isTooMuch(error: Error | null): boolean {
  return error instanceof RequestFailed && error.code === 'validation_failed';
}

/** Charts and tables of nothing but zeros say less than one sentence. A refund may be all that happened, so credits count too. */
function isEmpty({ uses, completed, failed, credits, costUsd }: UsageSummary): boolean {
  return [uses, completed, failed, credits, costUsd].every((figure) => figure === 0);
}
