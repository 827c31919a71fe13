import type { Database } from '#drizzle/connection/database.ts';
import { addReport } from '#drizzle/queries/admin/reports.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';

/** @throws ApiProblem conflict when too many of the caller's reports are undecided */
export function createReport({ database }: { readonly database: Database }): Handler<'createReport'> {
  return async ({ body, caller }) => {
    const accepted = await addReport(database, { ...body, reporterId: caller.accountId });
    if (!accepted) throw new ApiProblem('conflict', { detail: 'You have many undecided reports. Wait for a decision' });
    return { status: 202, body: { avatarId: body.avatarId, received: true } };
  };
}
