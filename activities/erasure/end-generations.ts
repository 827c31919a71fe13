import type { Database } from '#drizzle/connection/database.ts';
import { release } from '#drizzle/ledger/release.ts';
import { listUnfinishedOf } from '#drizzle/queries/accounts/erasure.ts';

/** The most generations ended in one run; each takes one statement. */
const MAX_PER_RUN = 200;

export interface ErasureInput {
  readonly accountId: string;
}

/** Generations ended in this run, whose workflows still have to be cancelled. */
export interface EndedGenerations {
  readonly generationIds: string[];
}

/** Cancels an erased account's unfinished generations and releases their holds. Run it again until it returns none. */
export function createEndGenerations({ database }: { readonly database: Database }) {
  return async function endGenerations({ accountId }: ErasureInput): Promise<EndedGenerations> {
    const generationIds = await listUnfinishedOf(database, accountId, MAX_PER_RUN);
    for (const generationId of generationIds) {
      await release(database, { generationId, status: 'cancelled', reason: 'The account was erased', by: 'user' });
    }
    return { generationIds };
  };
}
