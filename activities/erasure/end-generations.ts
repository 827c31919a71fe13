import type { Database } from '#drizzle/connection/database.ts';
import { release } from '#drizzle/ledger/release.ts';
import { listUnfinishedOf } from '#drizzle/queries/accounts/erasure.ts';

/** Of one run: each is one statement. */
const RUN = 200;

export interface ErasureInput {
  readonly accountId: string;
}

/** Ended now: their workflows are still to be told. */
export interface EndedGenerations {
  readonly generationIds: string[];
}

/** Ends what is still being made for nobody; what it held is set free. Running again goes on with the next ones. */
export function createEndGenerations({ database }: { readonly database: Database }) {
  return async function endGenerations({ accountId }: ErasureInput): Promise<EndedGenerations> {
    const generationIds = await listUnfinishedOf(database, accountId, RUN);
    for (const generationId of generationIds) {
      await release(database, { generationId, status: 'cancelled', reason: 'The account was erased', by: 'user' });
    }
    return { generationIds };
  };
}
