import type { Database } from '#drizzle/connection/database.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/**
 * Whether a generation is visible: it was admitted, or answered with 202. A refused request, or one that is still being admitted,
 * is not visible yet.
 */
export function isVisible({ status, acceptedAt }: Pick<Generation, 'status' | 'acceptedAt'>): boolean {
  return status !== 'requested' || acceptedAt !== null;
}

/**
 * The caller's generation.
 * @param anyAccount lets admins read the generations of every account
 * @throws ApiProblem not_found
 */
export async function visibleGeneration(
  database: Database,
  caller: Caller,
  id: string,
  { anyAccount = false }: { readonly anyAccount?: boolean } = {},
): Promise<Generation> {
  const row = await readGeneration(database, id);
  const isAllowed = row?.accountId === caller.accountId || (anyAccount && caller.role === 'admin');
  if (!row || !isAllowed || !isVisible(row)) throw notFound();
  return row;
}
