/** An objection to a refused text: an admin allows the text for the account, or confirms the refusal. */
export const OBJECTION_DECISIONS = ['allowed', 'refused'] as const;
export type ObjectionDecision = (typeof OBJECTION_DECISIONS)[number];

export const OBJECTION_LIMITS = {
  /** The refused text and its companion. */
  textsMax: 2,
  commentMaxLength: 500,
  /** Undecided objections of one account: more would be no longer read one by one. */
  openMax: 20,
} as const;
