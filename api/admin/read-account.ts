import type { Database } from '#drizzle/connection/database.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { listTransfers } from '#drizzle/queries/accounts/credit-transfers.ts';
import { listGenerations } from '#drizzle/queries/generations/generation-list.ts';
import { presentWithheld } from '../account/present.ts';
import type { PresentGenerations } from '../generations/present.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

/** Enough to answer a support request; the complete history is in the ledger. */
const NEWEST_TRANSFERS = 50;
const NEWEST_GENERATIONS = 20;

export interface ReadAccountDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
}

/** @throws ApiProblem not_found */
export function readAdminAccount({ database, present }: ReadAccountDeps): Handler<'readAdminAccount'> {
  return async ({ params: { id } }) => {
    const account = await readAccount(database, id);
    if (!account) throw notFound();
    const [transfers, generations] = await Promise.all([
      listTransfers(database, id, { limit: NEWEST_TRANSFERS }),
      listGenerations(database, id, {}, { limit: NEWEST_GENERATIONS }),
    ]);
    const { posted, held, available } = account;
    const body = {
      id,
      tier: account.tier,
      assignedTier: account.assignedTier,
      displayName: account.displayName,
      erased: account.subject === null,
      credits: { posted, held, available },
      limits: {
        dailyGenerations: account.dailyLimit,
        usedToday: account.dailyUsed,
        hourlyGenerations: account.hourlyLimit,
        usedThisHour: account.hourlyUsed,
        unfinishedGenerations: account.unfinishedLimit,
        unfinishedNow: account.unfinished,
      },
      starterCredits: presentWithheld(account),
      blockedAt: account.blockedAt?.toISOString() ?? null,
      ledger: {
        total: transfers.total,
        totalIsExact: transfers.totalIsExact,
        newest: transfers.items.map(({ kind, amount, generationId, reference, ...transfer }) => ({
          id: transfer.id,
          kind,
          amount,
          generationId,
          reference,
          createdAt: transfer.createdAt.toISOString(),
        })),
      },
      generations: {
        total: generations.total,
        totalIsExact: generations.totalIsExact,
        newest: await present(generations.items),
      },
      createdAt: account.createdAt.toISOString(),
    };
    return { status: 200, body };
  };
}
