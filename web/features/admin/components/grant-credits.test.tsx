import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { adminAccount } from '#contract/admin-account.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import { formatCount } from '#web/format/count.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { GrantCredits } from './grant-credits.tsx';

afterEach(cleanup);

const ACCOUNT = examplesOf(adminAccount)[0] as AdminAccount;

describe('a grant of credits', () => {
  it('needs a whole number and a reason, and is the same grant when it is sent again', async () => {
    let status = 503;
    const { user, sent } = renderInStudio(<GrantCredits account={ACCOUNT} />, {
      answer: () => ({ status, body: status === 503 ? { code: 'unavailable', title: 'x', status } : {} }),
    });
    await user.click(screen.getByRole('button', { name: 'Grant credits' }));
    const dialog = await screen.findByRole('dialog');
    const submit = () => [...dialog.querySelectorAll('button')].find(({ type }) => type === 'submit')!;
    const amount = screen.getByRole('textbox', { name: 'Credits' });
    for (const wrong of ['-5', '1.5', '10001', 'NaN']) {
      await user.clear(amount);
      await user.type(amount, wrong);
      await user.click(submit());
      expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toContain(
        `Enter a number from 1 to ${formatCount(10_000)}.`,
      );
    }
    expect(sent).toEqual([]);
    await user.clear(amount);
    await user.type(amount, '200');
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'The outage');
    await user.click(submit());
    await waitFor(() => expect(sent.length).toBeGreaterThan(0));
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    status = 200;
    await user.click(submit());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent.at(-1)).toMatchObject({
      method: 'POST',
      path: `/admin/accounts/${ACCOUNT.id}/credits`,
      body: { amount: 200, reason: 'The outage' },
    });
    expect(new Set(sent.map(({ body }) => (body as { grantId: string }).grantId)).size).toBe(1);
    expect(screen.getByRole('status').textContent).toMatch(/200\scredits granted just now/u);
  });

  it('is not offered for an erased account', () => {
    renderInStudio(<GrantCredits account={{ ...ACCOUNT, erased: true }} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
