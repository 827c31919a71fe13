import type { Database } from '#drizzle/connection/database.ts';
import { readPreset } from '#drizzle/queries/avatars/presets.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/** @throws ApiProblem not_found when the preset is missing or belongs to another account; forbidden when it is a public one */
export async function assertOwnPreset(database: Database, { accountId }: Caller, id: string): Promise<void> {
  const row = await readPreset(database, accountId, id);
  if (!row) throw notFound();
  if (row.accountId === null) {
    throw new ApiProblem('forbidden', { detail: 'Public presets can’t be changed. Save a copy and change that' });
  }
}
