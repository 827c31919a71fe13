import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Bucket } from '#domain/account/time-bucket.ts';
import type { UsageTrends } from '../api/use-usage.ts';
import { axisTicks } from '../axis-ticks.ts';
import type { Series } from '../series.ts';
import { bucketName } from '../usage-labels.ts';

interface TrendPlotProps {
  readonly points: UsageTrends['data'];
  readonly bucket: Bucket;
  readonly series: readonly Series[];
}

const TICK = { fill: 'var(--ink-3)', fontSize: 12 };
const MARGIN = { top: 8, right: 0, bottom: 0, left: 0 };
const TOOLTIP = {
  background: 'var(--raised)',
  border: '1px solid var(--line)',
  borderRadius: 8,
  fontSize: 12,
  padding: '6px 10px',
};

/** The bars alone; the table beside them has the figures. */
export function TrendPlot({ points, bucket, series }: TrendPlotProps) {
  const name = (at: unknown) => bucketName(String(at), bucket);
  const format = series[0]?.format ?? String;
  const totals = points.map((point) => series.reduce((total, { key }) => total + point[key], 0));
  const { values, decimals } = axisTicks(
    totals,
    series.some(({ fractions }) => fractions),
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...points]} margin={MARGIN} accessibilityLayer={false} barCategoryGap="20%">
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          tickFormatter={name}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--edge)' }}
          minTickGap={48}
        />
        <YAxis
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width="auto"
          ticks={values}
          domain={[values[0] ?? 0, values.at(-1) ?? 1]}
          interval={0}
          tickFormatter={(value: number) => format(value, decimals)}
        />
        <Tooltip
          labelFormatter={name}
          formatter={(value, label) => [format(Number(value)), label]}
          contentStyle={TOOLTIP}
          itemStyle={{ color: 'var(--ink)', padding: 0 }}
          cursor={{ fill: 'var(--hover)', stroke: 'none' }}
          isAnimationActive={false}
        />
        {series.map(({ key, label, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            fill={color}
            stackId="bars"
            maxBarSize={28}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
