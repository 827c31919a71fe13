import { lazy, Suspense } from 'react';
import type { Bucket } from '#domain/account/time-bucket.ts';
import { DataTable } from '#web/components/data-table.tsx';
import type { UsageTrends } from '../api/use-usage.ts';
import type { Series } from '../series.ts';
import { bucketName } from '../usage-labels.ts';

/** The charting library is large and used on this page only. */
const TrendPlot = lazy(async () => ({ default: (await import('./trend-plot.tsx')).TrendPlot }));

interface TrendChartProps {
  readonly title: string;
  /** Undefined while loading. */
  readonly trends: UsageTrends | undefined;
  readonly series: readonly Series[];
}

/** A chart of a trend, with the same figures as a table below it. */
export function TrendChart({ title, trends, series }: TrendChartProps) {
  const blank = <div aria-hidden="true" className="size-full rounded-control bg-sunken" />;
  return (
    <section aria-label={title} className="min-w-0">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line pb-3">
        <h2 className="text-14">{title}</h2>
        {series.length > 1 && <Legend series={series} />}
      </header>
      <div role="img" aria-label={chartLabel(title, trends, series)} className="mt-3 h-52 text-12">
        {trends ? (
          <Suspense fallback={blank}>
            <TrendPlot points={trends.data} bucket={trends.bucket} series={series} />
          </Suspense>
        ) : (
          blank
        )}
      </div>
      <details className="mt-2 text-13">
        <summary className="inline-flex min-h-(--control-small) cursor-pointer items-center rounded-control text-12 text-ink-3 hover:text-ink">
          Show as table
        </summary>
        {trends && <TrendTable title={title} trends={trends} series={series} />}
      </details>
    </section>
  );
}

function Legend({ series }: Pick<TrendChartProps, 'series'>) {
  return (
    <ul className="flex flex-wrap gap-x-3 text-12 text-ink-3">
      {series.map(({ key, label, color }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ backgroundColor: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

interface TrendTableProps {
  readonly title: string;
  readonly trends: UsageTrends;
  readonly series: readonly Series[];
}

function TrendTable({ title, trends, series }: TrendTableProps) {
  const columns = [
    { title: 'When', cell: ({ at }: Point) => bucketName(at, trends.bucket) },
    ...series.map(({ key, label, format }) => ({
      title: label,
      number: true,
      cell: (point: Point) => format(point[key]),
    })),
  ];
  return (
    // It scrolls, so it must be reachable by keyboard.
    <div
      role="group"
      aria-label={`${title}, as a table`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller is operated
      tabIndex={0}
      className="max-h-72 overflow-y-auto [&_th]:top-0"
    >
      <DataTable caption={title} columns={columns} rows={trends.data.toReversed()} rowKey={({ at }) => at} />
    </div>
  );
}

type Point = UsageTrends['data'][number] & { readonly bucket?: Bucket };

/** Accessible name of the chart: the totals of its series. */
function chartLabel(title: string, trends: UsageTrends | undefined, series: readonly Series[]): string {
  if (!trends) return `${title}: loading`;
  const sums = series.map(({ key, label, format }) => {
    const sum = trends.data.reduce((total, point) => total + point[key], 0);
    return `${label}: ${format(sum)}`;
  });
  return `${title}. Total: ${sums.join(', ')}.`;
}
