/** What counts against an account when it is done again and again. */
export const STRIKES = ['refused_prompt', 'unpaid'] as const;
export type Strike = (typeof STRIKES)[number];

export interface CoolDownRule {
  /** So many strikes … */
  readonly strikes: number;
  /** … within this … */
  readonly withinMs: number;
  /** … and nothing new is started for this long after the last of them. */
  readonly coolDownMs: number;
}

const MINUTE_MS = 60_000;

export const COOL_DOWNS: Readonly<Record<Strike, CoolDownRule>> = {
  // Rewording a refused prompt takes a person a minute and works by the second or third try; five in ten minutes is probing. Each
  // one may cost us a call at a provider that counts them against us.
  refused_prompt: { strikes: 5, withinMs: 10 * MINUTE_MS, coolDownMs: 15 * MINUTE_MS },
  // A person sees the balance and stops; twenty orders without credits are a script. Topping up forgives them.
  unpaid: { strikes: 20, withinMs: 10 * MINUTE_MS, coolDownMs: 5 * MINUTE_MS },
};

/** What makes an account stand out in an admin's overview; nothing is refused because of it. */
export const VELOCITY_FLAGS = ['refused_prompts', 'unpaid_requests', 'burst', 'spent_at_once'] as const;
export type VelocityFlag = (typeof VELOCITY_FLAGS)[number];

export const VELOCITY = {
  /** Strikes of one kind within a day: as many as two cool-downs. */
  refusedPromptsADay: 2 * COOL_DOWNS.refused_prompt.strikes,
  unpaidRequestsADay: 2 * COOL_DOWNS.unpaid.strikes,
  /** This share of the day's limit within one hour. */
  burstShareOfDay: 0.5,
  /** All of the starter credits spent this soon after the account was opened: nobody looks at images so quickly. */
  spentWithinMs: 10 * MINUTE_MS,
} as const;
