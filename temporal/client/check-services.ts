import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { ImageStore } from '#activities/storage/port.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { driverError, isTransient } from '#drizzle/connection/transient.ts';
import { explain } from '#process/explain.ts';

/** Between two attempts to reach a service, ms. */
const RETRY_AFTER_MS = 1_000;
const GRPC_NOT_FOUND = 5;
/** The credentials are invalid or may not use the bucket, or the bucket does not exist. */
const STORAGE_REFUSALS: ReadonlySet<unknown> = new Set([401, 403, 404]);

export interface RequiredServices {
  readonly database: Pick<Database, 'ping'>;
  readonly client: Client;
  readonly store: Pick<ImageStore, 'healthCheck'>;
}

/**
 * Detects settings that are wrong, so that waiting is useless. An unavailable service is not an error: API and workers wait for it and
 * report it in their health checks. Each service is retried until it has responded once.
 * @param signal stops the checks
 * @throws Error that names the service that refuses this process
 */
export async function checkServices({ database, client, store }: RequiredServices, signal: AbortSignal): Promise<void> {
  const { namespace } = client.options;
  await Promise.all([
    probeUntilReachable(signal, () => database.ping(), {
      refusal: 'Postgres (DATABASE_URL) refuses this process',
      isRefusal: (error) => !isTransient(error),
    }),
    probeUntilReachable(signal, () => client.workflowService.describeNamespace({ namespace }), {
      refusal: `Temporal has no namespace "${namespace}"`,
      isRefusal: (error) => causeOf(error).code === GRPC_NOT_FOUND,
    }),
    probeUntilReachable(signal, () => store.healthCheck(), {
      refusal: 'Cloud Storage (GCS_BUCKET) refuses this process',
      isRefusal: (error) => STORAGE_REFUSALS.has(causeOf(error).code),
    }),
  ]);
}

interface Refusal {
  readonly refusal: string;
  readonly isRefusal: (error: unknown) => boolean;
}

async function probeUntilReachable(
  signal: AbortSignal,
  probe: () => Promise<unknown>,
  { refusal, isRefusal }: Refusal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await probe();
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw new Error(`${refusal}: ${explain(driverError(error))}`, { cause: error });
    }
    await sleep(RETRY_AFTER_MS, undefined, { ref: false });
  }
}

/** The client library's error, which the image store wraps. */
function causeOf(error: unknown): { readonly code?: unknown } {
  return ((error as Error).cause ?? error) as { readonly code?: unknown };
}
