import type { Notification } from '#contract/notification.ts';
import type { NotificationKind } from '#domain/account/notification.ts';
import type { Notification as NotificationRow } from '#drizzle/queries/accounts/notifications.ts';

type NotificationText = (row: NotificationRow) => string;

const LABELS: Readonly<Record<NotificationKind, NotificationText>> = {
  avatar_completed: ({ avatarName }) => `${avatarName ?? 'Your avatar'} is ready.`,
  generation_failed: ({ failureMessage, creditsReturned }) =>
    [failureMessage ?? 'An avatar could not be made.', creditsReturned ? 'The credits were returned.' : '']
      .filter(Boolean)
      .join(' '),
  needs_review: ({ avatarName }) => `${avatarName ?? 'An image'} is being looked at before it is shown.`,
  avatar_rejected: () => 'An image was removed because it breaks the rules. The credits were returned.',
  webhook_disabled: () =>
    'Your webhook was switched off: its address does not take deliveries. Check it and switch it on again.',
};

/** A row in words; the row itself holds nothing personal. */
export function presentNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    generationId: row.generationId,
    avatarId: row.avatarId,
    message: LABELS[row.kind](row),
    readAt: row.readAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
