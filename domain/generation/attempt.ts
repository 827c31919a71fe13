/**
 * The states of one paid call. `submitting` is written before the request is sent: if it is found later, the provider may
 * have accepted, and the job must be looked up before it is submitted again.
 */
export const ATTEMPT_STATES = ['created', 'submitting', 'submitted', 'succeeded', 'failed', 'cancelled'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** States in which the provider may still be working. */
export const OPEN_ATTEMPT_STATES = ['created', 'submitting', 'submitted'] as const satisfies readonly AttemptState[];
