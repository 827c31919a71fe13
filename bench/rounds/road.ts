import { Client as TemporalClient, Connection } from '@temporalio/client';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import { createGenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TIER, type BenchStudio } from '../bench-studio.ts';
import { listenForDeliveries } from './deliveries.ts';
import type { Generate } from './round.ts';

/** The road of one avatar from its row to its delivery. */
export interface Road {
  readonly generate: Generate;
  close(): Promise<void>;
}

/** Starts each workflow as the API does, and waits for its avatar's notification. Workers run elsewhere. */
export async function openRoad({ stack, database }: BenchStudio): Promise<Road> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new TemporalClient({ connection, namespace: stack.temporalNamespace });
  const generations = createGenerationWorkflows({ client, queues: taskQueues() });
  const deliveries = await listenForDeliveries(stack.databaseUrl, database);
  return {
    async generate({ id, accountId, projectId }) {
      const startedAt = performance.now();
      const delivered = deliveries.of(id);
      delivered.catch(() => undefined); // not awaited when the generation is not admitted
      const outcome = await generations.admit({
        generationId: id,
        createdAt: new Date(),
        admissionNumber: 0,
        accountId,
        projectId,
        tier: TIER,
        sourceType: 'text_to_image',
        priority: TIER_RULES[TIER].priorityKey,
      });
      // Without an outcome in time the workflow goes on, as after a 202 of the API.
      if (outcome !== undefined && outcome.kind !== 'admitted')
        throw new Error(`Generation ${id} was not admitted: ${JSON.stringify(outcome)}`);
      const answerMs = performance.now() - startedAt;
      await delivered;
      return { answerMs };
    },
    async close() {
      await deliveries.close();
      await connection.close();
    },
  };
}
