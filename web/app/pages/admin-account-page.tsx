import { useParams } from 'react-router';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useAdminAccount } from '#web/features/admin/api/use-admin-account.ts';
import { AccountActs } from '#web/features/admin/components/account-acts.tsx';
import { AccountBlock } from '#web/features/admin/components/account-block.tsx';
import { AccountFacts } from '#web/features/admin/components/account-facts.tsx';
import { AccountTier } from '#web/features/admin/components/account-tier.tsx';
import { GrantCredits } from '#web/features/admin/components/grant-credits.tsx';
import { AccountGenerations } from '#web/features/admin/components/account-generations.tsx';
import { WithheldCredits } from '#web/features/admin/components/withheld-credits.tsx';
import { AccountLedger } from '#web/features/admin/components/account-ledger.tsx';

/** One account with its credits, generations, and ledger. */
export function AdminAccountPage() {
  const { accountId = '' } = useParams();
  const query = useAdminAccount(accountId);
  const account = query.data;
  return (
    <>
      <PageTitle title="Account" />
      <div className="mb-4 grid min-h-11 content-center">
        <h2 className="truncate text-16">
          <bdi>{account?.displayName ?? (account?.erased ? 'Erased account' : 'Account')}</bdi>
        </h2>
        <p className="mono text-12 break-all text-ink-3">{accountId}</p>
      </div>
      {query.isPending && <RowsSkeleton label="Loading the account" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {account && (
        <div className="grid gap-8">
          <AccountFacts account={account} />
          <AccountBlock account={account} />
          <AccountTier account={account} />
          <GrantCredits account={account} />
          <WithheldCredits account={account} />
          <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-2">
            <AccountGenerations account={account} />
            <AccountLedger ledger={account.ledger} />
          </div>
          <AccountActs accountId={account.id} />
        </div>
      )}
    </>
  );
}
