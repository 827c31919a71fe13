import type { Database } from '#drizzle/connection/database.ts';
import { readPreset } from '#drizzle/queries/avatars/presets.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/** @throws ApiProblem not_found when it can't be seen; forbidden when it is everybody's */
export async function mine(database: Database, { accountId }: Caller, id: string): Promise<void> {
  const row = await readPreset(database, accountId, id);
  if (!row) throw notFound();
  if (row.accountId === null) {
    throw new ApiProblem('forbidden', { detail: 'This preset belongs to everybody. Save a copy of your own' });
  }
}
