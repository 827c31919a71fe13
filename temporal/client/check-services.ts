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
      message: 'Postgres (DATABASE_URL) refuses this process',
      isPermanent: (error) => !isTransient(error),
    }),
    probeUntilReachable(signal, () => client.workflowService.describeNamespace({ namespace }), {
      message: `Temporal has no namespace "${namespace}"`,
      isPermanent: (error) => causeOf(error).code === GRPC_NOT_FOUND,
    }),
    probeUntilReachable(signal, () => store.healthCheck(), {
      message: 'Cloud Storage (GCS_BUCKET) refuses this process',
      isPermanent: (error) => STORAGE_REFUSALS.has(causeOf(error).code),
    }),
  ]);
}

interface PermanentFailure {
  readonly message: string;
  readonly isPermanent: (error: unknown) => boolean;
}

async function probeUntilReachable(
  signal: AbortSignal,
  probe: () => Promise<unknown>,
  { message, isPermanent }: PermanentFailure,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await probe();
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isPermanent(error)) throw new Error(`${message}: ${explain(driverError(error))}`, { cause: error });
    }
    await sleep(RETRY_AFTER_MS, undefined, { ref: false });
  }
}

/** The client library's error, which the image store wraps. */
function causeOf(error: unknown): { readonly code?: unknown } {
  return ((error as Error).cause ?? error) as { readonly code?: unknown };
}
