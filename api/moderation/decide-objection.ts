import type { Database } from '#drizzle/connection/database.ts';
import { decideObjection as decide } from '#drizzle/queries/admin/objections.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

/** @throws ApiProblem not_found; conflict when another admin decided otherwise */
export function decideObjection({ database }: { readonly database: Database }): Handler<'decideObjection'> {
  return async ({ params: { id }, body }) => {
    const decision = await decide(database, id, body.decision);
    if (decision === undefined) throw notFound();
    if (decision !== body.decision) throw new ApiProblem('conflict', { detail: `It was decided before: ${decision}` });
    return { status: 200, body: { id, decision } };
  };
}
