import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notification } from '#contract/notification.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { NotificationRow } from './notification-row.tsx';

const AVATAR = '33333333-3333-4333-8333-333333333333';
const GENERATION = '11111111-1111-4111-8111-111111111111';
const onRead = vi.fn<() => void>();

beforeEach(() => void onRead.mockReset());
afterEach(cleanup);

function show(changes: Partial<Notification> = {}) {
  const notification: Notification = {
    id: '0198c0de-0000-7000-8000-000000000010',
    kind: 'avatar_completed',
    generationId: GENERATION,
    avatarId: AVATAR,
    message: 'Noir detective is ready.',
    readAt: null,
    createdAt: '2026-11-23T08:00:00.000Z',
    ...changes,
  };
  return renderInStudio(
    <ul>
      <NotificationRow notification={notification} onRead={onRead} />
    </ul>,
  );
}

describe('a notification', () => {
  it.each([
    ['avatar_completed', AVATAR, `/avatars/${AVATAR}`],
    ['generation_failed', null, `/generations/${GENERATION}`],
    ['avatar_rejected', AVATAR, `/generations/${GENERATION}`],
    ['webhook_disabled', null, '/settings#webhook'],
  ] as const)('of kind %s links to its subject', (kind, avatarId, path) => {
    show({ kind, avatarId });
    expect(screen.getByRole('link').getAttribute('href')).toBe(path);
  });

  it('is marked as read when its link is followed', async () => {
    const { user } = show();
    await user.click(screen.getByRole('link', { name: /unread/u }));
    expect(onRead).toHaveBeenCalledOnce();
  });

  it('can be marked as read without following the link', async () => {
    const { user } = show();
    await user.click(screen.getByRole('button', { name: 'Mark as read: Noir detective is ready.' }));
    expect(onRead).toHaveBeenCalledOnce();
  });

  it('has no button once it is read', async () => {
    const { user } = show({ readAt: '2026-11-23T09:00:00.000Z' });
    expect(screen.queryByRole('button')).toBeNull();
    await user.click(screen.getByRole('link'));
    expect(onRead).not.toHaveBeenCalled();
  });
});
