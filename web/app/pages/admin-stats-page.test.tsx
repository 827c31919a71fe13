import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Stats } from '#contract/stats.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AdminStatsPage } from './admin-stats-page.tsx';

afterEach(cleanup);

const FLAGGED_ACCOUNT = '01970000-0000-7000-8000-000000000001';
const STATS: Stats = {
  from: '2026-11-22T08:00:00.000Z',
  to: '2026-11-23T08:00:00.000Z',
  generations: {
    completed: 97,
    failed: 3,
    cancelled: 2,
    successRate: 0.97,
    waitingMs: { p50: 120, p95: 2300 },
    generationMs: null,
    totalMs: { p50: 2100, p95: 6200 },
  },
  tiers: [{ tier: 'free', completed: 97, failed: 3, cancelled: 2, successRate: 0.97, totalMs: null }],
  errors: [{ code: 'providers_unavailable', count: 3 }],
  providers: [
    {
      provider: 'replicate',
      succeeded: 97,
      failed: 4,
      cancelled: 1,
      open: 0,
      successRate: 0.96,
      latencyMs: { p50: 1500, p95: 3600 },
      costUsd: 0.291,
      failures: [{ kind: 'transient', count: 4 }],
    },
  ],
  queue: { waiting: [{ priority: 4, count: 2 }], running: 1, drainPerMinute: 4.2 },
  forecast: { recommendedWorkers: 2, hours: [{ at: '2026-11-23T08:00:00.000Z', generations: 120 }] },
  storage: { objects: 194, bytes: 40_123_456 },
  cost: { credits: 970, costUsd: 0.291 },
  flags: [{ accountId: FLAGGED_ACCOUNT, flag: 'burst', count: 12, network: null }],
};
const EMPTY_STATS: Stats = {
  ...STATS,
  generations: { ...STATS.generations, completed: 0, failed: 0, cancelled: 0, successRate: null, totalMs: null },
  tiers: [],
  errors: [],
  providers: [],
  queue: { waiting: [], running: 0, drainPerMinute: 0 },
  forecast: { recommendedWorkers: 2, hours: [] },
  flags: [],
};

describe('AdminStatsPage', () => {
  it('gives its charts text alternatives', async () => {
    renderInStudio(<AdminStatsPage />, { answer: () => ({ body: STATS }) });
    expect((await screen.findAllByRole('img')).map((bar) => bar.getAttribute('aria-label'))).toEqual([
      '97\u00A0done, 4\u00A0failed, 1\u00A0cancelled',
      '97\u00A0done, 3\u00A0failed, 2\u00A0cancelled',
    ]);
    expect(screen.getByText('4 temporarily unavailable')).toBeTruthy();
    expect(screen.getByText(/^up to 120.generations at /u)).toBeTruthy();
    expect(screen.getByText('now and in an hour')).toBeTruthy();
    expect(screen.getByText('No provider could be reached')).toBeTruthy();
    expect(screen.getByRole('link', { name: FLAGGED_ACCOUNT }).getAttribute('href')).toBe(
      `/admin/accounts/${FLAGGED_ACCOUNT}`,
    );
  });

  it('requests the selected period', async () => {
    const { user, sent } = renderInStudio(<AdminStatsPage />, { answer: () => ({ body: STATS }) });
    await user.click(await screen.findByRole('radio', { name: '7 d' }));
    await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(['/stats?hours=24', '/stats?hours=168']));
  });

  it('shows no success rate for a period without attempts', async () => {
    renderInStudio(<AdminStatsPage />, { answer: () => ({ body: EMPTY_STATS }) });
    expect(await screen.findByText('No attempts in this period.')).toBeTruthy();
    expect(screen.getByText('No failures in this period.')).toBeTruthy();
    expect(screen.getByText('The queue is empty.')).toBeTruthy();
    expect(screen.getAllByText('none yet').length).toBeGreaterThan(0);
  });
});
