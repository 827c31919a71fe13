import type { Notification } from '#contract/notification.ts';
import type { NotificationKind } from '#domain/account/notification.ts';
import type { Notification as NotificationRow } from '#drizzle/queries/accounts/notifications.ts';

type NotificationText = (row: NotificationRow) => string;

const MESSAGES: Readonly<Record<NotificationKind, NotificationText>> = {
  avatar_completed: ({ avatarName }) => `${avatarName ?? 'Your avatar'} is ready.`,
  generation_failed: ({ failureMessage, creditsReturned }) =>
    [failureMessage ?? 'The avatar could not be generated.', creditsReturned ? 'Your credits were returned.' : '']
      .filter(Boolean)
      .join(' '),
  needs_review: ({ avatarName }) => `${avatarName ?? 'Your avatar'} is being reviewed before it is shown.`,
  avatar_rejected: () => 'An avatar was removed because it violates the content rules. Your credits were returned.',
  avatar_taken_down: ({ avatarName }) => `${avatarName ?? 'An avatar'} was taken down. Its page states the reason.`,
  avatar_restored: ({ avatarName }) => `${avatarName ?? 'An avatar'} is shown again.`,
  objection_allowed: () => 'The text that you objected about is allowed now. Send your request again.',
  objection_refused: () => 'The text that you objected about remains refused. Reword it.',
  webhook_disabled: () =>
    'Your webhook was disabled because its URL does not accept deliveries. Check the URL, then enable the webhook again.',
};

/** Maps a row to the contract and writes its message; the row itself stores no personal data. */
export function presentNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    generationId: row.generationId,
    avatarId: row.avatarId,
    message: MESSAGES[row.kind](row),
    readAt: row.readAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
