import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { adminAccount } from '#contract/admin-account.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { AccountBlock } from './account-block.tsx';

afterEach(cleanup);

const ACCOUNT = examplesOf(adminAccount)[0] as AdminAccount;
const AT = '2026-11-28T08:00:00.000Z';

describe('the access of an account', () => {
  it('is blocked after a confirmation with a reason', async () => {
    const answer = () => ({ body: { blockedAt: AT, cancelled: 2, notReached: 0 } });
    const { user, sent } = renderInStudio(<AccountBlock account={ACCOUNT} />, { answer });
    await user.click(screen.getByRole('button', { name: 'Block account' }));
    const dialog = await screen.findByRole('dialog');
    const submit = () => [...dialog.querySelectorAll('button')].find(({ type }) => type === 'submit')!;
    await user.click(submit());
    expect(screen.getByRole('alert').textContent).toContain('Enter a reason');
    expect(sent).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Sells its credits');
    await user.click(submit());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent).toMatchObject([
      {
        method: 'POST',
        path: `/admin/accounts/${ACCOUNT.id}/block`,
        body: { blocked: true, reason: 'Sells its credits' },
      },
    ]);
  });

  it('is given back where it is blocked, and is not offered for an erased account', () => {
    const { unmount } = renderInStudio(<AccountBlock account={{ ...ACCOUNT, blockedAt: AT }} />);
    expect(screen.getByRole('status').textContent).toContain('Blocked since');
    expect(screen.getByRole('button', { name: 'Unblock account' })).toBeTruthy();
    unmount();
    renderInStudio(<AccountBlock account={{ ...ACCOUNT, erased: true }} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
