import type { Client } from '@temporalio/client';
import type { ImageStore } from '../activities/storage/port.ts';
import type { Database } from '../drizzle/database.ts';
import { driverError, isTransient } from '../drizzle/transient.ts';
import { explain } from '../process/explain.ts';

const GRPC_NOT_FOUND = 5;
/** Cloud Storage does not know the credentials, does not let them use the bucket, or has no such bucket. */
const STORAGE_REFUSALS: ReadonlySet<unknown> = new Set([401, 403, 404]);

export interface Parts {
  readonly database: Pick<Database, 'ping'>;
  readonly client: Client;
  readonly store: Pick<ImageStore, 'healthCheck'>;
}

/**
 * Looks once for settings that no waiting mends. A part that is away is none of them: API and workers wait for Postgres and the bucket,
 * the API for Temporal too, and say so in their health checks.
 * @throws Error that names the part that refuses this process
 */
export async function checkParts({ database, client, store }: Parts): Promise<void> {
  const { namespace } = client.options;
  await Promise.all([
    unlessAway(() => database.ping(), {
      refusal: 'Postgres (DATABASE_URL) refuses this process',
      isRefusal: (error) => !isTransient(error),
    }),
    unlessAway(() => client.workflowService.describeNamespace({ namespace }), {
      refusal: `Temporal has no namespace "${namespace}"`,
      isRefusal: (error) => causeOf(error).code === GRPC_NOT_FOUND,
    }),
    unlessAway(() => store.healthCheck(), {
      refusal: 'Cloud Storage (GCS_BUCKET) refuses this process',
      isRefusal: (error) => STORAGE_REFUSALS.has(causeOf(error).code),
    }),
  ]);
}

interface Refusal {
  readonly refusal: string;
  readonly isRefusal: (error: unknown) => boolean;
}

async function unlessAway(ask: () => Promise<unknown>, { refusal, isRefusal }: Refusal): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (isRefusal(error)) throw new Error(`${refusal}: ${explain(driverError(error))}`, { cause: error });
  }
}

/** The libraries' error, which the store wraps in one of ours. */
function causeOf(error: unknown): { readonly code?: unknown } {
  return ((error as Error).cause ?? error) as { readonly code?: unknown };
}
