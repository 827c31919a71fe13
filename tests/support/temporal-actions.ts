import { countActions } from './action-counter.ts';
import { sharedStack } from './stack.ts';

/** {@link countActions} on the shared stack. The test needs its own namespace (`createTestNamespace`). */
export function billedActions(namespace: string): Promise<Map<string, number>> {
  return countActions(sharedStack().temporalMetricsUrl, namespace);
}
