import { RATING_MAX } from '#domain/avatar/rating.ts';
import { useShortcut } from '#web/hooks/use-shortcut.ts';
import type { MarkAvatar } from '../api/use-mark-avatar.ts';

/** 0 clears. */
const RATING_KEYS = Array.from({ length: RATING_MAX + 1 }, (_, rating) => String(rating));

/**
 * f marks the current avatar as favorite, or takes the mark back; 1 to 5 rate it, 0 clears the rating.
 * @param current undefined: the keys do nothing
 */
export function useMarkKeys(current: () => Parameters<MarkAvatar>[0] | undefined, mark: MarkAvatar): void {
  useShortcut('f', () => {
    const avatar = current();
    if (avatar) mark(avatar, { favorite: !avatar.favorite });
  });
  useShortcut(RATING_KEYS, (key) => {
    const avatar = current();
    if (avatar) mark(avatar, { rating: Number(key) || null });
  });
}
