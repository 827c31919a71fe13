import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { adminAccount } from '#contract/admin-account.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import { formatCount } from '#web/format/count.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { AccountTier } from './account-tier.tsx';

afterEach(cleanup);

const ACCOUNT = examplesOf(adminAccount)[0] as AdminAccount;

describe('the tier of an account', () => {
  it('is changed after a confirmation that says what it means, with a reason', async () => {
    const { user, sent } = renderInStudio(<AccountTier account={ACCOUNT} />);
    await user.click(screen.getByRole('combobox', { name: 'Tier' }));
    await user.click(await screen.findByRole('option', { name: 'Pro' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain(`${formatCount(1000)} generations a day`);
    expect(sent).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'By invoice');
    await user.click([...dialog.querySelectorAll('button')].find(({ type }) => type === 'submit')!);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent).toMatchObject([
      { path: `/admin/accounts/${ACCOUNT.id}/tier`, body: { tier: 'pro', reason: 'By invoice' } },
    ]);
  });

  it('says who decides about it, and is not offered for a service', () => {
    const { unmount } = renderInStudio(<AccountTier account={{ ...ACCOUNT, tier: 'pro', assignedTier: 'pro' }} />);
    expect(screen.getByRole('status').textContent).toContain('An admin has set it');
    unmount();
    renderInStudio(<AccountTier account={{ ...ACCOUNT, tier: 'service' }} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
