import type { Database } from '#drizzle/connection/database.ts';
import { eraseRows as eraseSome, finishErasure as finish } from '#drizzle/queries/accounts/erasure.ts';
import type { RemovalOutcome } from '../removal/remove-loose-objects.ts';
import type { ErasureInput } from './end-generations.ts';

/** Rows of each table in one statement: with their triggers well below the statement's time. */
const ROWS = 500;

/** Deletes what an erased account said and has, one round. */
export function createEraseRows({ database }: { readonly database: Database }) {
  return async function eraseRows({ accountId }: ErasureInput): Promise<RemovalOutcome> {
    return { removed: await eraseSome(database, accountId, ROWS) };
  };
}

/** @returns false while something is left */
export function createFinishErasure({ database }: { readonly database: Database }) {
  return async function finishErasure({ accountId }: ErasureInput): Promise<boolean> {
    return finish(database, accountId);
  };
}
