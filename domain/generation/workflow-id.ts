/** One workflow per generation: the server refuses a second one with this id while the first runs. */
export function generationWorkflowId(generationId: string): string {
  return `generation-${generationId}`;
}

/**
 * A closed workflow returns the old outcome for a known update id. So each admission after a refusal has a new number, and a row that
 * is created again after a loss of the database has a new time.
 */
export function admissionUpdateId(id: string, createdAt: Date, admissionNumber: number): string {
  return `${id}:${createdAt.getTime()}:${admissionNumber}`;
}

/** One workflow per batch; its members have their own, by the same rule as single ones. */
export function batchWorkflowId(batchId: string): string {
  return `batch-${batchId}`;
}

/** One workflow per account removes deleted objects; new requests join the running one. */
export function removalWorkflowId(accountId: string): string {
  return `remove-objects-${accountId}`;
}

/** One workflow per webhook delivery. */
export function deliveryWorkflowId(deliveryId: string): string {
  return `webhook-${deliveryId}`;
}

/** One workflow per erased account. */
export function erasureWorkflowId(accountId: string): string {
  return `erase-${accountId}`;
}
