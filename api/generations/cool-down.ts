import type { Database } from '#drizzle/connection/database.ts';
import { readCoolDownMs } from '#drizzle/queries/accounts/abuse-strikes.ts';
import { ApiProblem } from '../problem.ts';

/**
 * After too many refused prompts or unpaid orders nothing new is started for a while. What is under way goes on.
 * @throws ApiProblem rate_limited
 */
export async function assertNoCoolDown(database: Database, accountId: string): Promise<void> {
  const leftMs = await readCoolDownMs(database, accountId);
  if (leftMs === 0) return;
  throw new ApiProblem('rate_limited', {
    detail: 'Too many orders in a row were refused. Take a break',
    retryAfterSeconds: Math.ceil(leftMs / 1000),
  });
}
