import type { Database } from '#drizzle/connection/database.ts';
import { eraseRows as eraseSomeRows, finishErasure as finish } from '#drizzle/queries/accounts/erasure.ts';
import type { RemovalOutcome } from '../removal/remove-orphaned-objects.ts';
import type { ErasureInput } from './end-generations.ts';

/** The most rows of a table deleted in one statement: with their triggers well below the statement timeout. */
const MAX_ROWS = 500;

/** Deletes one round of an erased account's rows. Run it again until it removes none. */
export function createEraseRows({ database }: { readonly database: Database }) {
  return async function eraseRows({ accountId }: ErasureInput): Promise<RemovalOutcome> {
    return { removed: await eraseSomeRows(database, accountId, MAX_ROWS) };
  };
}

/** Marks an account as erased. @returns false while any of its rows remain */
export function createFinishErasure({ database }: { readonly database: Database }) {
  return async function finishErasure({ accountId }: ErasureInput): Promise<boolean> {
    return finish(database, accountId);
  };
}
