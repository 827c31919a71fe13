import type { Database } from '../../drizzle/database.ts';
import { readAccount } from '../../drizzle/queries/accounts.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export function readMe({ database }: { database: Database }): Handler<'readMe'> {
  return async ({ caller }) => {
    const account = await readAccount(database, caller.accountId);
    if (!account) throw notFound();
    return {
      status: 200,
      body: {
        accountId: account.id,
        name: account.displayName,
        tier: account.tier,
        role: caller.role,
        limits: {
          dailyGenerations: account.dailyLimit,
          dailyGenerationsLeft: Math.max(0, account.dailyLimit - account.dailyUsed),
          unfinishedGenerations: account.unfinishedLimit,
          unfinishedGenerationsLeft: Math.max(0, account.unfinishedLimit - account.unfinished),
        },
      },
    };
  };
}
