import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { ImageStore } from '#activities/storage/port.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { driverError, isTransient } from '#drizzle/connection/transient.ts';
import { explain } from '#process/explain.ts';

/** Between two tries at a part that is away, ms. */
const AWAY_PAUSE_MS = 1_000;
const GRPC_NOT_FOUND = 5;
/** Cloud Storage does not know the credentials, does not let them use the bucket, or has no such bucket. */
const STORAGE_REFUSALS: ReadonlySet<unknown> = new Set([401, 403, 404]);

export interface Parts {
  readonly database: Pick<Database, 'ping'>;
  readonly client: Client;
  readonly store: Pick<ImageStore, 'healthCheck'>;
}

/**
 * Looks for settings that no waiting mends. A part that is away is none of them: API and workers wait for Postgres and the bucket,
 * the API for Temporal too, and say so in their health checks; it is asked again until it has answered once.
 * @param signal ends the asking
 * @throws Error that names the part that refuses this process
 */
export async function checkParts({ database, client, store }: Parts, signal: AbortSignal): Promise<void> {
  const { namespace } = client.options;
  await Promise.all([
    answered(signal, () => database.ping(), {
      refusal: 'Postgres (DATABASE_URL) refuses this process',
      isRefusal: (error) => !isTransient(error),
    }),
    answered(signal, () => client.workflowService.describeNamespace({ namespace }), {
      refusal: `Temporal has no namespace "${namespace}"`,
      isRefusal: (error) => causeOf(error).code === GRPC_NOT_FOUND,
    }),
    answered(signal, () => store.healthCheck(), {
      refusal: 'Cloud Storage (GCS_BUCKET) refuses this process',
      isRefusal: (error) => STORAGE_REFUSALS.has(causeOf(error).code),
    }),
  ]);
}

interface Refusal {
  readonly refusal: string;
  readonly isRefusal: (error: unknown) => boolean;
}

async function answered(
  signal: AbortSignal,
  ask: () => Promise<unknown>,
  { refusal, isRefusal }: Refusal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await ask();
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw new Error(`${refusal}: ${explain(driverError(error))}`, { cause: error });
    }
    await sleep(AWAY_PAUSE_MS, undefined, { ref: false });
  }
}

/** The libraries' error, which the store wraps in one of ours. */
function causeOf(error: unknown): { readonly code?: unknown } {
  return ((error as Error).cause ?? error) as { readonly code?: unknown };
}
