import { Connection } from '@temporalio/client';
import { waitUntil } from '../wait-until.ts';

/** The server starts in about a second; a slow disk or recovery after a crash takes longer. */
const START_TIMEOUT_MS = 90_000;
const CONNECT_TIMEOUT_MS = 2_000;
const CALL_TIMEOUT_MS = 2_000;
/** gRPC health protocol: SERVING. */
const SERVING = 1;

/**
 * Waits until the frontend reports SERVING in its gRPC health check.
 *
 * @throws Error after 90 s, or when aborted.
 */
export async function frontendIsServing(address: string, signal: AbortSignal): Promise<void> {
  await waitUntil({ what: `Temporal responding at ${address}`, timeoutMs: START_TIMEOUT_MS, signal }, async () => {
    const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS });
    try {
      const health = await connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
        connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' }),
      );
      return health.status === SERVING;
    } finally {
      await connection.close();
    }
  });
}
