import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { FactRow } from '#web/components/fact-row.tsx';

/** An account's credits, limits and tier. */
export function AccountFacts({ account }: { readonly account: AdminAccount }) {
  const { credits, limits } = account;
  return (
    <FactRow
      label="Account"
      facts={[
        { term: 'Available', value: formatCount(credits.available), note: 'credits' },
        { term: 'Held', value: formatCount(credits.held), note: 'for generations in progress' },
        {
          term: 'Used today',
          value: formatCount(limits.usedToday),
          note: `of ${formatCount(limits.dailyGenerations)} generations`,
        },
        {
          term: 'Used this hour',
          value: formatCount(limits.usedThisHour),
          note:
            limits.hourlyGenerations === null ? 'no limit' : `of ${formatCount(limits.hourlyGenerations)} generations`,
        },
        {
          term: 'In progress',
          value: formatCount(limits.unfinishedNow),
          note: `of ${formatCount(limits.unfinishedGenerations)} at once`,
        },
        {
          term: 'Tier',
          value: <span className="capitalize">{account.tier}</span>,
          note: `since ${formatMoment(account.createdAt)}`,
        },
      ]}
    />
  );
}
