import { Link } from 'react-router';
import { DataTable } from '#web/components/data-table.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { describeTransfer } from '#web/features/credits/describe-transfer.ts';
import { countedTotal } from '#web/format/total.ts';
import type { AdminAccount } from '../api/use-admin-account.ts';
import { LINK_CLASS } from './link-class.ts';

type Transfer = AdminAccount['ledger']['newest'][number];

const COLUMNS = [
  { title: 'When', cell: ({ createdAt }: Transfer) => <Timestamp at={createdAt} /> },
  { title: 'Type', cell: (transfer: Transfer) => describeTransfer(transfer).kind },
  { title: 'For', wide: true, cell: For },
  { title: 'Credits', number: true, cell: (transfer: Transfer) => describeTransfer(transfer).moved },
];

/** The latest credit transfers of an account. */
export function AccountLedger({ ledger }: { readonly ledger: AdminAccount['ledger'] }) {
  const hidden = ledger.total - ledger.newest.length;
  return (
    <section aria-labelledby="ledger" className="min-w-0">
      <h3 id="ledger" className="text-14">
        Ledger
      </h3>
      {ledger.total === 0 ? (
        <p className="py-2 text-13 text-ink-3">No transfers yet.</p>
      ) : (
        <DataTable caption="Ledger" columns={COLUMNS} rows={ledger.newest} rowKey={({ id }) => id} />
      )}
      {hidden > 0 && (
        <p className="py-2 text-13 text-ink-3">and {countedTotal({ ...ledger, total: hidden }, 'older transfer')}</p>
      )}
    </section>
  );
}

function For({ generationId, reference }: Transfer) {
  if (generationId === null) return <bdi>{reference ?? 'no reference'}</bdi>;
  return (
    <Link to={`/admin/generations/${generationId}`} className={`mono text-12 ${LINK_CLASS}`}>
      {generationId}
    </Link>
  );
}
