import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { AccountGenerations } from './account-generations.tsx';

afterEach(cleanup);

const ACCOUNT_ID = '0198c0de-0000-7000-8000-000000000003';
const done = aGeneration({ status: 'completed', stage: 'done' });
const failed = aFailedGeneration({ id: '11111111-1111-4111-8111-111111111112', name: 'Jester' });
const refunded = aGeneration({
  id: '11111111-1111-4111-8111-111111111113',
  name: 'Falconer',
  status: 'completed',
  stage: 'done',
});

const ACCOUNT: AdminAccount = {
  id: ACCOUNT_ID,
  tier: 'free',
  assignedTier: null,
  displayName: 'Ada',
  erased: false,
  starterCredits: null,
  blockedAt: null,
  credits: { available: 90, held: 0, posted: 90 },
  limits: {
    dailyGenerations: 50,
    usedToday: 3,
    hourlyGenerations: 40,
    usedThisHour: 1,
    unfinishedGenerations: 20,
    unfinishedNow: 0,
  },
  ledger: {
    total: 1,
    totalIsExact: true,
    newest: [
      {
        id: '0198c0de-0000-7000-8000-000000000031',
        kind: 'refund',
        amount: 10,
        generationId: refunded.id,
        reference: null,
        createdAt: '2026-11-23T08:00:00.000Z',
      },
    ],
  },
  generations: { total: 3, totalIsExact: true, newest: [done, failed, refunded] },
  createdAt: '2026-11-23T08:00:00.000Z',
};

describe('the generations of an account', () => {
  it('offers a refund only for delivered generations that are not refunded yet', () => {
    renderInStudio(<AccountGenerations account={ACCOUNT} />);
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Refund Noir detective',
    ]);
    expect(screen.getAllByText('returned')).toHaveLength(2);
  });

  it('requires a reason before it returns the credits', async () => {
    const answer = () => ({
      body: { generationId: done.id, amount: 10, credits: { available: 100, held: 0, posted: 100 } },
    });
    const { user, sent } = renderInStudio(<AccountGenerations account={ACCOUNT} />, { answer });
    await user.click(screen.getByRole('button', { name: 'Refund Noir detective' }));
    const submit = await screen.findByRole('button', { name: 'Return 10\u00A0credits' });
    await user.click(submit);
    expect(screen.getByRole('alert').textContent).toContain('Enter a reason');
    expect(sent).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Six fingers');
    await user.click(submit);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent).toMatchObject([
      {
        method: 'POST',
        path: `/admin/accounts/${ACCOUNT_ID}/refund`,
        body: { generationId: done.id, reason: 'Six fingers' },
      },
    ]);
  });

  it('shows why a refund failed and keeps the typed reason', async () => {
    const answer = () => ({
      status: 409,
      body: { code: 'conflict', title: 'Conflict', detail: 'Nothing was charged for this generation' },
    });
    const { user } = renderInStudio(<AccountGenerations account={ACCOUNT} />, { answer });
    await user.click(screen.getByRole('button', { name: 'Refund Noir detective' }));
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Six fingers');
    await user.click(screen.getByRole('button', { name: /^Return/u }));
    expect(await screen.findByText('Nothing was charged for this generation')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reason' }).value).toBe('Six fingers');
  });
});
