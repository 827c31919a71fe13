/** Kinds of strikes that lead to a cool-down. */
const COOLING_STRIKES = ['refused_prompt', 'unpaid'] as const;
type CoolingStrike = (typeof COOLING_STRIKES)[number];
/** Kinds of strikes against an account. */
export const STRIKES = [...COOLING_STRIKES, 'hourly_limit'] as const;
export type Strike = (typeof STRIKES)[number];

export interface CoolDownRule {
  /** Number of strikes that start the cool-down. */
  readonly strikes: number;
  /** Period in which they are counted. */
  readonly withinMs: number;
  /** Time for which new generations are refused. */
  readonly coolDownMs: number;
}

const MINUTE_MS = 60_000;

/** Strikes are stored for seven days (drizzle/functions/add_strike.sql); no period here may be longer. */
export const COOL_DOWNS: Readonly<Record<CoolingStrike, CoolDownRule>> = {
  // Rewording a refused prompt takes a user a minute and works by the second or third attempt; five in ten minutes are probing.
  // A delivered avatar forgives the oldest strike, an allowed objection all of them.
  refused_prompt: { strikes: 5, withinMs: 10 * MINUTE_MS, coolDownMs: 15 * MINUTE_MS },
  // A user sees the balance and stops; twenty requests without credits are a script. A top-up clears them.
  unpaid: { strikes: 20, withinMs: 10 * MINUTE_MS, coolDownMs: 5 * MINUTE_MS },
};

/** Thresholds for flagging an account to admins; a flag has no effect on requests. */
export const VELOCITY_FLAGS = [
  'refused_prompts',
  'unpaid_requests',
  'burst',
  'spent_at_once',
  'hourly_limit',
  'starter_withheld',
  'topups',
  'topup_credits',
  'topup_accounts',
] as const;
export type VelocityFlag = (typeof VELOCITY_FLAGS)[number];

export const VELOCITY = {
  /** Strikes of one kind within a day: as many as two cool-downs. */
  refusedPromptsADay: 2 * COOL_DOWNS.refused_prompt.strikes,
  unpaidRequestsADay: 2 * COOL_DOWNS.unpaid.strikes,
  /** This share of the day's limit within one hour. */
  burstShareOfDay: 0.5,
  /** All of the starter credits spent this soon after the account was opened: faster than a user views images. */
  spentWithinMs: 10 * MINUTE_MS,
  /** Different hours of a day in which the hourly limit refused a request: a person meets it now and then, a script in each. */
  limitedHoursADay: 3,
  /** Payments for one account within an hour. Nobody who pays runs out of credits this often; stolen cards are tried this often. */
  topupsAnHour: 10,
  /** Credits paid for one account within an hour: five thousand avatars. */
  topupCreditsAnHour: 50_000,
  /** Accounts that one service tops up within an hour, as when its token is stolen. */
  topupAccountsAnHour: 200,
} as const;
