import { LAST_PRIORITY, TIER_RULES, type PriorityKey, type Tier } from './tier.ts';

/** Images that can be asked for at once: a contact sheet's worth, and a hold that one statement makes quickly. */
export const BATCH_MAX_ITEMS = 50;

/** One level behind a single image of the same tier: fifty at once must not stand before somebody's one. */
export function batchPriority(tier: Tier): PriorityKey {
  return Math.min(LAST_PRIORITY, TIER_RULES[tier].priorityKey + 1) as PriorityKey;
}
