import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notification } from '#contract/notification.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { NotificationsPage } from './notifications-page.tsx';

afterEach(cleanup);

const NOTIFICATION: Notification = {
  id: '0198c0de-0000-7000-8000-000000000010',
  kind: 'avatar_completed',
  generationId: null,
  avatarId: '33333333-3333-4333-8333-333333333333',
  message: 'Noir detective is ready.',
  readAt: null,
  createdAt: '2026-11-23T08:00:00.000Z',
};

/** One unread notification, until it is marked. */
function studio() {
  let data = [NOTIFICATION];
  return ({ method, path }: Sent) => {
    if (method === 'POST') {
      data = data.map((notification) => ({ ...notification, readAt: '2026-11-23T09:00:00.000Z' }));
      return { body: path.endsWith('read-all') ? { marked: 1 } : data[0] };
    }
    const shown = path.includes('unread=true') ? data.filter(({ readAt }) => readAt === null) : data;
    return {
      body: { data: shown, meta: { nextCursor: null, hasMore: false, total: shown.length, totalIsExact: true } },
    };
  };
}

describe('NotificationsPage', () => {
  it('marks all as read, then disables the button', async () => {
    const { user } = renderInStudio(<NotificationsPage />, { answer: studio() });
    await screen.findByText('Noir detective is ready.');
    const markAll = screen.getByRole<HTMLButtonElement>('button', { name: 'Mark all as read' });
    await waitFor(() => expect(markAll.disabled).toBe(false));
    await user.click(markAll);
    await waitFor(() => expect(screen.queryByText('(unread)')).toBeNull());
    await waitFor(() => expect(markAll.disabled).toBe(true));
  });

  it('filters by unread and says when none are left', async () => {
    const { user } = renderInStudio(<NotificationsPage />, { answer: studio() });
    await screen.findByText('Noir detective is ready.');
    await user.click(screen.getByRole('button', { name: /^Mark as read/u }));
    await user.click(screen.getByRole('radio', { name: 'Unread' }));
    expect(await screen.findByText('You have no unread notifications.')).toBeTruthy();
  });

  it('explains an empty list and links to the projects', async () => {
    const answer = () => ({
      body: { data: [], meta: { nextCursor: null, hasMore: false, total: 0, totalIsExact: true } },
    });
    renderInStudio(<NotificationsPage />, { answer });
    expect(await screen.findByText(/updates appear here/u)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show my projects' })).toBeTruthy();
  });
});
