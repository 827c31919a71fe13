import { LAST_PRIORITY, TIER_RULES, type PriorityKey, type Tier } from './tier.ts';

/** Maximum images of a batch: few enough for one statement to hold their credits quickly. */
export const BATCH_MAX_ITEMS = 50;

/** One priority level below a single image of the same tier, so that a batch does not delay another user's single image. */
export function batchPriority(tier: Tier): PriorityKey {
  return Math.min(LAST_PRIORITY, TIER_RULES[tier].priorityKey + 1) as PriorityKey;
}
