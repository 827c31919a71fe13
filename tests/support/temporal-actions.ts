import { countActions } from './action-counter.ts';
import { sharedStack } from './stack.ts';

/** {@link countActions} of the shared stack. Give the test a namespace of its own (`createTestNamespace`). */
export function billedActions(namespace: string): Promise<Map<string, number>> {
  return countActions(sharedStack().temporalMetricsUrl, namespace);
}
