import type { QueryClient } from '@tanstack/react-query';
import type { Generation } from '#contract/generation.ts';
import type { Notification } from '#contract/notification.ts';
import type { NotificationKind } from '#domain/account/notification.ts';
import type { HttpClient } from '../http/http-client.ts';
import { keys } from '../query/keys.ts';
import type { LiveGenerations } from './live-generations.ts';
import { writeNotification } from './live-notifications.ts';

/** Whether the card of the generation says the same at the same moment. */
const IS_ON_CARD: Readonly<Record<NotificationKind, boolean>> = {
  avatar_completed: true,
  generation_failed: true,
  needs_review: false,
  avatar_rejected: false,
  avatar_taken_down: false,
  avatar_restored: false,
  objection_allowed: false,
  objection_refused: false,
  webhook_disabled: false,
};
/** A batch ends within seconds: its notifications are marked together. */
const MARKED_AFTER_MS = 1_000;

export interface WatchedGenerationsDeps {
  readonly client: QueryClient;
  readonly http: Pick<HttpClient, 'post'>;
  /** Whether the generation's card is on this tab's screen. */
  readonly isOnScreen: (generation: Generation) => boolean;
}

/**
 * Receives notifications. One about a generation whose end the user has just seen is marked as read and never counted, on any device;
 * should that fail, it is shown like the others. In a hidden tab nothing is seen.
 */
export function createNotificationReceiver({ client, http, isOnScreen }: WatchedGenerationsDeps) {
  let seen: Notification[] = [];

  function isSeen({ kind, readAt, generationId }: Notification): boolean {
    if (readAt !== null || !IS_ON_CARD[kind] || document.visibilityState !== 'visible') return false;
    const generation = client.getQueryData<LiveGenerations>(keys.live)?.byId[generationId ?? ''];
    return generation !== undefined && isOnScreen(generation);
  }

  async function markSeen(): Promise<void> {
    const marked = seen;
    seen = [];
    for (const notification of marked) {
      await http
        .post('/notifications/{id}/read', { path: { id: notification.id } })
        .catch(() => writeNotification(client, notification));
    }
    await client.invalidateQueries({ queryKey: keys.notifications });
  }

  return (notification: Notification): void => {
    if (!isSeen(notification)) return writeNotification(client, notification);
    if (seen.some(({ id }) => id === notification.id)) return;
    if (seen.length === 0) setTimeout(() => void markSeen(), MARKED_AFTER_MS);
    seen.push(notification);
  };
}
