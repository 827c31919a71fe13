/** The parts of one round of the reconciler, in order: metric labels and log fields. Each counts the rows it acted on. */
export const RECONCILE_PARTS = [
  'startedGenerations',
  'startedBatches',
  'settledGenerations',
  'closedAttempts',
  'raisedPriorities',
  'droppedGenerations',
  'droppedBatches',
  'startedDeliveries',
  'prunedCallbacks',
  'sweptObjects',
  'expiredUploads',
  'resumedErasures',
  'countedPresetUses',
  'countedUsage',
  'forgottenSignals',
  'deletedShares',
] as const;
export type ReconcilePart = (typeof RECONCILE_PARTS)[number];

/** Parts that end or remove rows by age. A clock that jumped ahead would make them remove everything. */
export const PARTS_BY_AGE: ReadonlySet<ReconcilePart> = new Set([
  'settledGenerations',
  'closedAttempts',
  'droppedGenerations',
  'droppedBatches',
  'prunedCallbacks',
  'sweptObjects',
  'expiredUploads',
]);
