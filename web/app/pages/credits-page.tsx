import { BlankState } from '#web/components/blank-state.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useCredits, usePrices } from '#web/features/credits/api/use-credits.ts';
import { useGenerationsOfStatement, useStatement } from '#web/features/credits/api/use-statement.ts';
import { BalanceFigures } from '#web/features/credits/components/balance-figures.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { NoCreditsNotice } from '#web/features/credits/components/no-credits-notice.tsx';
import { PriceList } from '#web/features/credits/components/price-list.tsx';
import { StarterNotice } from '#web/features/credits/components/starter-notice.tsx';
import { Statement } from '#web/features/credits/components/statement.tsx';

/** The balance, the statement of payments and generations, and the price list. */
export function CreditsPage() {
  const query = useStatement();
  const generations = useGenerationsOfStatement();
  const credits = useCredits();
  const prices = usePrices();
  const profile = useProfile();
  const transfers = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      <PageTitle title="Credits" />
      <h1 className="mb-4 flex min-h-11 items-center text-20 tracking-[-0.012em]">Credits</h1>
      {profile?.starterCredits ? (
        <StarterNotice starterCredits={profile.starterCredits} />
      ) : (
        <NoCreditsNotice credits={credits} prices={prices} accountId={profile?.accountId} />
      )}
      <BalanceFigures credits={credits} />
      <div className="mt-8 grid items-start gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <section aria-labelledby="statement" className="min-w-0 max-lg:order-last">
          <h2 id="statement" className="mb-2 text-14">
            Statement
          </h2>
          {query.isPending && <RowsSkeleton label="Loading the statement" />}
          {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
          {query.isSuccess && transfers.length === 0 && (
            <BlankState
              sentence="No credit transfers yet."
              action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
            />
          )}
          {transfers.length > 0 && <Statement transfers={transfers} generations={generations} />}
          <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
        </section>
        <PriceList prices={prices} />
      </div>
    </>
  );
}
