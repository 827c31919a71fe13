/**
 * The life of one paid call. `submitting` is written before the call leaves: whoever finds it later knows that the
 * provider may have accepted and has to look before buying again.
 */
export const ATTEMPT_STATES = ['created', 'submitting', 'submitted', 'succeeded', 'failed', 'cancelled'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** States in which the provider may still be working. */
export const OPEN_ATTEMPT_STATES = ['created', 'submitting', 'submitted'] as const satisfies readonly AttemptState[];
