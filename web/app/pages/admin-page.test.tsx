import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Profile } from '#contract/profile.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AdminPage } from './admin-page.tsx';

afterEach(cleanup);

const profileAs = (role: Profile['role']) => ({
  accountId: '0198c0de-0000-7000-8000-000000000003',
  name: 'Ada',
  tier: 'free',
  role,
  limits: {},
});

describe('AdminPage', () => {
  it('shows its tabs to admins', async () => {
    renderInStudio(<AdminPage />, { answer: () => ({ body: profileAs('admin') }) });
    const tabs = await screen.findByRole('navigation', { name: 'Admin' });
    expect([...tabs.querySelectorAll('a')].map(({ textContent }) => textContent)).toEqual([
      'Moderation',
      'Statistics',
      'Accounts',
      'Generations',
      'Switches',
      'Audit log',
    ]);
  });

  it('shows other users that they have no access, with a link to their projects', async () => {
    renderInStudio(<AdminPage />, { answer: () => ({ body: profileAs('user') }) });
    expect(await screen.findByText('No access. This page is for administrators only.')).toBeTruthy();
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.getByRole('link', { name: 'Show my projects' })).toBeTruthy();
  });
});
