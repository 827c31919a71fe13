import type { Database } from '#drizzle/connection/database.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { insertGeneration, type NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { notFound } from '../problem.ts';

/**
 * Writes the row before Temporal is contacted. A row that was there before makes the request a replay.
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
