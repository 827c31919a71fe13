import { cleanup, screen, within } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import type { UsageCosts } from '#contract/usage.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { CostTable } from './cost-table.tsx';

afterEach(cleanup);

const row = { key: 'chat', name: 'Chat', credits: 40, costUsd: 0.012, completed: 4, uses: 12 };
const costs = (by: UsageCosts['by'], ...data: UsageCosts['data']): UsageCosts => ({
  from: '2026-10-24T00:00:00.000Z',
  to: '2026-11-23T00:00:00.000Z',
  by,
  data,
  rest: { credits: 0, costUsd: 0, completed: 0 },
  total: { credits: 40, costUsd: 0.012, completed: 4 },
});
const cells = () =>
  within(screen.getAllByRole('row')[1]!)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);

describe('the cost table', () => {
  it.each([
    ['app', ['Chat', '12', '40']],
    ['project', ['Chat', '4', '40']],
    ['provider', ['Chat', '4', '$0.012']],
  ] as const)('shows the columns of a breakdown by %s', (by, figures) => {
    renderInStudio(<CostTable title="Costs" by={by} costs={costs(by, row)} />);
    expect(cells()).toEqual(figures);
  });

  it.each([
    ['app', 'No app yet'],
    ['project', 'A deleted project'],
    ['provider', 'Uploads'],
  ] as const)('labels a row without a name in a breakdown by %s', (by, name) => {
    renderInStudio(<CostTable title="Costs" by={by} costs={costs(by, { ...row, key: null, name: null })} />);
    expect(cells()[0]).toBe(name);
  });

  it('shows a message when nothing was spent', () => {
    renderInStudio(<CostTable title="Costs" by="app" costs={costs('app')} />);
    expect(screen.getByText('Nothing in this period.')).toBeTruthy();
  });

  it('sums up the rows that are not shown', () => {
    const many = { ...costs('app', row), rest: { credits: 30, costUsd: 0, completed: 3 } };
    renderInStudio(<CostTable title="Costs" by="app" costs={many} />);
    expect(screen.getByText('And 3 more avatars for 30 credits.')).toBeTruthy();
  });
});
