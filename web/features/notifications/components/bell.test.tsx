import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { Bell } from './bell.tsx';

afterEach(cleanup);

const unread = (total: number) => () => ({
  body: { data: [], meta: { nextCursor: null, hasMore: false, total, totalIsExact: true } },
});

describe('the notification bell', () => {
  it('shows how many notifications are unread', async () => {
    renderInStudio(<Bell />, { answer: unread(3) });
    expect(await screen.findByRole('link', { name: /Notifications, 3\sunread/u })).toBeTruthy();
  });

  it('shows no count when everything is read', async () => {
    const { sent } = renderInStudio(<Bell />, { answer: unread(0) });
    expect(await screen.findByRole('link', { name: 'Notifications' })).toBeTruthy();
    expect(sent).toHaveLength(1);
  });
});
