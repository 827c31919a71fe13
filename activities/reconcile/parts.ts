/** What one round of the reconciler does, in this order; as figures and logs name it. */
export const RECONCILE_PARTS = [
  'started',
  'startedBatches',
  'settled',
  'raised',
  'dropped',
  'droppedBatches',
  'told',
  'forgot',
  'swept',
  'expired',
  'erased',
] as const;
export type ReconcilePart = (typeof RECONCILE_PARTS)[number];

/** Those that end or remove what is old enough: a clock that jumped would have them take everything. */
export const PARTS_BY_AGE: ReadonlySet<ReconcilePart> = new Set([
  'settled',
  'dropped',
  'droppedBatches',
  'forgot',
  'swept',
  'expired',
]);
