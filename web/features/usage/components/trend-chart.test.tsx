import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { formatCount } from '#web/format/count.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { UsageTrends } from '../api/use-usage.ts';
import { TrendChart } from './trend-chart.tsx';

afterEach(cleanup);

const nothing = { uses: 0, credits: 0, costUsd: 0, completed: 0, failed: 0 };
const trends: UsageTrends = {
  from: '2026-11-22T00:00:00.000Z',
  to: '2026-11-24T00:00:00.000Z',
  bucket: 'day',
  data: [
    { at: '2026-11-22T00:00:00.000Z', ...nothing, uses: 5 },
    { at: '2026-11-23T00:00:00.000Z', ...nothing, uses: 7 },
  ],
};
const series = [{ key: 'uses', label: 'Uses', color: 'var(--ink)', format: formatCount }] as const;

describe('the trend chart', () => {
  it('has the totals as its accessible name', () => {
    renderInStudio(<TrendChart title="Uses by apps" trends={trends} series={series} />);
    expect(screen.getByRole('img', { name: 'Uses by apps. Total: Uses: 12.' })).toBeTruthy();
  });

  it('shows the same figures as a table, newest first', () => {
    renderInStudio(<TrendChart title="Uses by apps" trends={trends} series={series} />);
    const rows = [...document.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
    expect(rows).toEqual(['23 Nov7', '22 Nov5']);
  });

  it('shows a placeholder while loading', () => {
    renderInStudio(<TrendChart title="Uses by apps" trends={undefined} series={series} />);
    expect(screen.getByRole('img', { name: 'Uses by apps: loading' })).toBeTruthy();
  });
});
