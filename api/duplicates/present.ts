import type { Lookalike } from '#contract/upload.ts';
import type { Similar } from '#drizzle/queries/avatars/duplicates.ts';

export function presentLookalike({ avatarId, sameBytes, distance }: Similar): Lookalike {
  return { avatarId, match: sameBytes ? 'exact' : 'near', distance };
}
