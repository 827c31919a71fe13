/**
 * The faults that `npm run long -- alerts` makes on a real stack, and the alerts that fire while each lasts and end after it. The others
 * fire on series alone.
 */
export const ALERT_FAULTS = {
  'one avatar spends most of the budget': ['BudgetNearlySpent'],
  'every second image fails': ['GenerationsFail', 'GenerationsBurnFast', 'ProviderFails'],
  'all images fail': ['CircuitsOpen'],
  'one of two APIs and one of two workers are killed': ['SomeApisDown', 'SomeWorkersDown'],
  'all workers are killed, and a request waits': ['WorkersDown', 'QueueStalled', 'BacklogOld'],
  'a release lacks a workflow that runs': ['WorkflowTasksFail'],
  'a balance is changed by hand': ['LedgerViolated'],
  'a generation holds credits for two hours': ['HoldTooOld'],
  'the database does not answer': ['DatabaseUnavailable', 'ApiErrors', 'RequestsBurnFast'],
  'all APIs are killed': ['ApiDown'],
} as const satisfies Record<string, readonly string[]>;

export type AlertFault = keyof typeof ALERT_FAULTS;
