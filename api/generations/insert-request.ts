import type { Database } from '#drizzle/connection/database.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { insertGeneration, type NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { notFound } from '../problem.ts';

/**
 * Stores the request before Temporal is contacted. It is a replay when the row already existed.
 * @throws ApiProblem not_found when the project is missing or belongs to another account
 */
export async function insertRequest(
  database: Database,
  input: NewGeneration,
): Promise<{ readonly generation: Generation; readonly replayed: boolean }> {
  const intent = await insertGeneration(database, input);
  if (intent.kind === 'no_project') throw notFound();
  return { generation: intent.generation, replayed: intent.kind === 'exists' };
}
