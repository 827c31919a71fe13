import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { Facts } from '#web/components/facts.tsx';

/** Who it is, as far as an admin may know, and where they stand. */
export function AccountFacts({ account }: { readonly account: AdminAccount }) {
  const { credits, limits } = account;
  return (
    <Facts
      label="Account"
      facts={[
        { term: 'Available', value: formatCount(credits.available), note: 'credits' },
        { term: 'Held', value: formatCount(credits.held), note: 'for what is developing' },
        {
          term: 'Used today',
          value: formatCount(limits.usedToday),
          note: `of ${formatCount(limits.dailyGenerations)} generations`,
        },
        {
          term: 'Developing now',
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
