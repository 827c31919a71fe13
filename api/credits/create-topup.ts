import type { CreateTopup } from '#contract/credits.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { isPaidOut, topup, type TopupOutcome } from '#drizzle/ledger/topup.ts';
import { readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { Handler } from '../handler.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { accountErased, ApiProblem } from '../problem.ts';

export interface TopupDeps {
  readonly database: Database;
  readonly accounts: Pick<Accounts, 'ofUser' | 'forget'>;
  readonly metrics: Pick<ApiMetrics, 'topups' | 'topupCredits'>;
}

/**
 * Adds paid credits to a user's account. The payment's reference is the idempotency key, so a repeated request counts once.
 * @throws ApiProblem idempotency_mismatch when the reference was used for another user or amount; account_erased
 */
export function createTopup({ database, accounts, metrics }: TopupDeps): Handler<'createTopup'> {
  return async ({ body, caller }) => {
    const { userId, amount, reference } = body;
    return withIdInFailure({ reference }, async () => {
      const { accountId, outcome } = await pay(body, caller.clientId);
      count(outcome, amount);
      if (outcome.kind === 'account_erased') throw accountErased();
      if (outcome.kind === 'conflict') throw referenceUsed();
      const balance = await readBalance(database, accountId);
      if (!balance) throw new Error('The account disappeared right after its top-up');
      return {
        status: 201,
        body: { id: outcome.transferId, userId, amount, reference, available: balance.available },
        ...(outcome.replay && { headers: { 'Idempotent-Replayed': 'true' } }),
      };
    });
  };

  function count(outcome: TopupOutcome, amount: number): void {
    const replayed = outcome.kind === 'posted' && outcome.replay;
    metrics.topups.inc({ outcome: replayed ? 'replayed' : outcome.kind });
    if (outcome.kind === 'posted' && !replayed) metrics.topupCredits.inc(amount);
  }

  async function pay(
    payment: CreateTopup,
    clientId: string | undefined,
    tries = 2,
  ): Promise<{ accountId: string; outcome: TopupOutcome }> {
    const { userId, amount, reference } = payment;
    const { accountId } = await payee(userId, reference);
    const outcome = await topup(database, { accountId, amount, reference, clientId });
    if (outcome.kind !== 'account_erased' || tries === 1) return { accountId, outcome };
    // Another process erased the account before this one was notified; the user may have a new account since.
    accounts.forget(accountId);
    return pay(payment, clientId, tries - 1);
  }

  /** A refused top-up must not open an account. */
  async function payee(userId: string, reference: string): Promise<{ accountId: string }> {
    const existing = await accounts.ofUser(userId, { opens: false });
    if (existing) return existing;
    if (!(await isPaidOut(database, reference))) return accounts.ofUser(userId, { opens: true });
    // An identical request may have opened the account and paid meanwhile: its reference is then this user's own.
    const opened = await accounts.ofUser(userId, { opens: false });
    if (!opened) throw referenceUsed();
    return opened;
  }
}

function referenceUsed(): ApiProblem {
  return new ApiProblem('idempotency_mismatch', { detail: 'This reference was used for another user or amount' });
}
