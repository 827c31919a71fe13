import type { Notification } from '#contract/notification.ts';

/** Where what was told can be seen; undefined where there is nothing to see any more. */
export function linkOf({ kind, avatarId, generationId }: Notification): string | undefined {
  if (kind === 'webhook_disabled') return '/settings#webhook';
  if (avatarId && kind !== 'avatar_rejected') return `/avatars/${avatarId}`;
  return generationId ? `/generations/${generationId}` : undefined;
}
