import { Link } from 'react-router';
import { DataTable } from '#web/components/data-table.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { useAccountActs } from '../api/use-audit.ts';
import { Outcome, What, Who } from './audit-cells.tsx';
import { LINK_CLASS } from './link-class.ts';

const COLUMNS = [
  { title: 'When', cell: Timestamp },
  { title: 'Action', cell: What },
  { title: 'Admin', cell: Who, wide: true },
  { title: 'Outcome', cell: Outcome },
];

/** What admins did to the account lately. */
export function AccountActs({ accountId }: { readonly accountId: string }) {
  const query = useAccountActs(accountId);
  return (
    <section aria-labelledby="acts" className="min-w-0">
      <h3 id="acts" className="text-14">
        Admin actions
      </h3>
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable caption="Admin actions" columns={COLUMNS} rows={query.data} rowKey={({ id }) => id} />}
      <p className="py-2 text-13 text-ink-3">
        Older ones are in the{' '}
        <Link to="/admin/audit" className={LINK_CLASS}>
          audit log
        </Link>
        .
      </p>
    </section>
  );
}
