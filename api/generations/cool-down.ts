import type { Database } from '#drizzle/connection/database.ts';
import { readCoolDownMs } from '#drizzle/queries/accounts/abuse-strikes.ts';
import { ApiProblem } from '../problem.ts';

/**
 * After too many refused prompts or unpaid requests nothing new is started for a while. Running generations continue.
 * @throws ApiProblem rate_limited
 */
export async function assertNoCoolDown(database: Database, accountId: string): Promise<void> {
  const leftMs = await readCoolDownMs(database, accountId);
  if (leftMs === 0) return;
  throw new ApiProblem('rate_limited', {
    detail: 'Too many requests in a row were refused. Try again later',
    retryAfterSeconds: Math.ceil(leftMs / 1000),
  });
}
