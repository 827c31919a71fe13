import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditedAct } from '#web/features/admin/api/use-audit.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AdminAuditPage } from './admin-audit-page.tsx';

afterEach(cleanup);

const ACCOUNT = '0198c0de-0000-7000-8000-000000000003';
const act = (changes: Partial<AuditedAct>): AuditedAct => ({
  id: '0198c0de-0000-7000-8000-000000000020',
  actorId: '0198c0de-0000-7000-8000-000000000004',
  act: 'account.refund',
  target: ACCOUNT,
  body: { reason: 'Six fingers' },
  requestId: 'b0f5',
  outcome: 'done',
  status: 200,
  result: { amount: 10 },
  at: '2026-11-23T08:00:00.000Z',
  ...changes,
});

describe('AdminAuditPage', () => {
  it('shows each action with its target, request, and outcome', async () => {
    const data = [
      act({}),
      act({ id: 'second', act: 'provider.set', target: 'fal', outcome: 'unknown', status: null, body: {}, result: {} }),
    ];
    const answer = () => ({ body: { data, meta: { nextCursor: null, hasMore: false, total: 2, totalIsExact: true } } });
    renderInStudio(<AdminAuditPage />, { answer });
    expect(await screen.findByText('Refunded a generation')).toBeTruthy();
    expect(screen.getByRole('link', { name: ACCOUNT }).getAttribute('href')).toBe(`/admin/accounts/${ACCOUNT}`);
    expect(screen.getByText(/Six fingers/u)).toBeTruthy();
    expect(screen.getByText('outcome unknown')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'fal' })).toBeNull();
  });

  it('says what a switch was set to', async () => {
    const data = [
      act({ id: '1', act: 'new_generations.set', target: null, body: { paused: true } }),
      act({ id: '2', act: 'new_generations.set', target: null, body: { paused: false } }),
      act({ id: '3', act: 'provider.set', target: 'fal', body: { enabled: false } }),
      act({ id: '4', act: 'provider.set', target: 'fal', body: {}, outcome: 'unknown' }),
    ];
    const answer = () => ({ body: { data, meta: { nextCursor: null, hasMore: false, total: 4, totalIsExact: true } } });
    renderInStudio(<AdminAuditPage />, { answer });
    expect(await screen.findByText('Paused new generations')).toBeTruthy();
    for (const label of ['Resumed new generations', 'Disabled a provider', 'Enabled or disabled a provider'])
      expect(screen.getAllByText(label).length).toBeGreaterThan(0);
  });

  it('offers a retry when the audit log fails to load', async () => {
    const answer = () => ({ status: 403, body: { code: 'forbidden', title: 'Forbidden', detail: 'Only for admins' } });
    renderInStudio(<AdminAuditPage />, { answer });
    expect(await screen.findByText('Only for admins')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
