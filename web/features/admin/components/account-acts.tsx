import { Link } from 'react-router';
import { DataTable } from '#web/components/data-table.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { type AuditedAct, useAccountActs } from '../api/use-audit.ts';
import { Outcome, What, Who } from './audit-cells.tsx';
import { LINK_CLASS } from './link-class.ts';

const COLUMNS = [
  { title: 'When', cell: Timestamp },
  // Its target is the account.
  { title: 'Action', cell: (act: AuditedAct) => <What {...act} target={null} /> },
  { title: 'Admin', cell: Who, wide: true },
  { title: 'Outcome', cell: Outcome },
];

/** What admins changed of the account lately. */
export function AccountActs({ accountId }: { readonly accountId: string }) {
  const query = useAccountActs(accountId);
  return (
    <section aria-labelledby="acts" className="min-w-0">
      <h3 id="acts" className="text-14">
        Admin actions
      </h3>
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && query.data.length > 0 && (
        <DataTable caption="Admin actions" columns={COLUMNS} rows={query.data} rowKey={({ id }) => id} />
      )}
      <p className="py-2 text-13 text-ink-3">
        {query.data?.length === 0 && 'None lately. '}Older ones, and who looked at the account, are in the{' '}
        <Link to="/admin/audit" className={LINK_CLASS}>
          audit log
        </Link>
        .
      </p>
    </section>
  );
}
