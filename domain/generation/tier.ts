/** Tiers of accounts. `service`: a service of the platform that acts for its own account. */
export const TIERS = ['free', 'plus', 'pro', 'service'] as const;
export type Tier = (typeof TIERS)[number];

/** Tiers that an admin may set. Services are what their tokens say. */
export const ASSIGNABLE_TIERS = ['free', 'plus', 'pro'] as const satisfies readonly Tier[];
export type AssignableTier = (typeof ASSIGNABLE_TIERS)[number];

export interface TierRules {
  /** Generations that may be admitted in one UTC day. Released ones still count. */
  readonly dailyGenerations: number;
  /** Generations that may be admitted in one UTC hour. Released ones still count. */
  readonly hourlyGenerations: number;
  /** Generations that may be unfinished at once. */
  readonly unfinishedGenerations: number;
  /** Temporal's priority key, 1 (first) to 5 (last). */
  readonly priorityKey: PriorityKey;
  /** Time from admission to the image after which the generation fails and its credits are released. */
  readonly deadlineMs: number;
  /** After this wait a generation is raised one priority level, so that no level starves. */
  readonly waitTargetMs: number;
}

export type PriorityKey = 1 | 2 | 3 | 4 | 5;
export const FIRST_PRIORITY = 1;
export const LAST_PRIORITY = 5;

const MINUTE_MS = 60_000;

export const TIER_RULES: Readonly<Record<Tier, TierRules>> = {
  free: {
    dailyGenerations: 50,
    hourlyGenerations: 40,
    unfinishedGenerations: 20,
    priorityKey: 4,
    deadlineMs: 30 * MINUTE_MS,
    waitTargetMs: 5 * MINUTE_MS,
  },
  plus: {
    dailyGenerations: 200,
    hourlyGenerations: 160,
    unfinishedGenerations: 100,
    priorityKey: 3,
    deadlineMs: 20 * MINUTE_MS,
    waitTargetMs: 3 * MINUTE_MS,
  },
  pro: {
    dailyGenerations: 1000,
    hourlyGenerations: 800,
    unfinishedGenerations: 500,
    priorityKey: 2,
    deadlineMs: 15 * MINUTE_MS,
    waitTargetMs: MINUTE_MS,
  },
  service: {
    dailyGenerations: 100_000,
    hourlyGenerations: 50_000,
    unfinishedGenerations: 5000,
    priorityKey: 1,
    deadlineMs: 15 * MINUTE_MS,
    waitTargetMs: MINUTE_MS,
  },
};

/** Raises a priority by one level, up to the first. */
export function raisePriority(priority: PriorityKey): PriorityKey {
  return Math.max(FIRST_PRIORITY, priority - 1) as PriorityKey;
}

export function isPriority(value: unknown): value is PriorityKey {
  return Number.isInteger(value) && Number(value) >= FIRST_PRIORITY && Number(value) <= LAST_PRIORITY;
}
