import type { Logger } from 'pino';
import type { Measurements } from '#activities/measurements.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';

/** Measurements that also log one entry for each generation that becomes final: what an operator searches for. */
export function logOutcomes(measurements: Measurements, log: Logger): Measurements {
  return {
    ...measurements,
    generationEnded(ended) {
      measurements.generationEnded(ended);
      log.info({ ...ended, workflowId: generationWorkflowId(ended.generationId) }, 'generation ended');
    },
  };
}
