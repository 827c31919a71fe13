import type { Database } from '#drizzle/connection/database.ts';
import { readCoolDownMs } from '#drizzle/queries/accounts/abuse-strikes.ts';
import { ApiProblem } from '../problem.ts';

/**
 * Starts nothing new during a cool-down, which follows too many refused prompts or unpaid requests. Running generations continue.
 * @throws ApiProblem rate_limited
 */
export async function assertNoCoolDown(database: Database, accountId: string): Promise<void> {
  refuseDuringCoolDown(await readCoolDownMs(database, accountId));
}

/**
 * The same for one that was read already.
 * @param leftMs 0 without a cool-down
 * @throws ApiProblem rate_limited
 */
export function refuseDuringCoolDown(leftMs: number): void {
  if (leftMs === 0) return;
  throw new ApiProblem('rate_limited', {
    detail: 'Too many requests were refused recently. Try again later',
    retryAfterSeconds: Math.ceil(leftMs / 1000),
  });
}
