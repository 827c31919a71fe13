import { useSearchParams } from 'react-router';
import { ADMIN_ACTS, type AdminAct } from '#domain/account/admin-act.ts';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button } from '#web/components/button.tsx';
import { DataTable } from '#web/components/data-table.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { Picker } from '#web/components/picker.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { useAudit } from '#web/features/admin/api/use-audit.ts';
import { Outcome, What, Who } from '#web/features/admin/components/audit-cells.tsx';
import { ACT_LABELS } from '#web/features/admin/labels.ts';

const ALL = 'all';
const CHOICES: readonly { readonly value: AdminAct | typeof ALL; readonly label: string }[] = [
  { value: ALL, label: 'All actions' },
  ...ADMIN_ACTS.map((value) => ({ value, label: ACT_LABELS[value] })),
];
const COLUMNS = [
  { title: 'When', cell: Timestamp },
  { title: 'Action', cell: What },
  { title: 'Admin', cell: Who, wide: true },
  { title: 'Outcome', cell: Outcome },
];

/** The audit log of admin actions, which is append-only. */
export function AdminAuditPage() {
  const [params, setParams] = useSearchParams();
  const act = ADMIN_ACTS.find((known) => known === params.get('act'));
  const query = useAudit(act);
  const acts = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      <PageTitle title="Audit log" />
      <div className="mb-2 flex min-h-11 flex-wrap items-center gap-3">
        <h2 className="mr-auto text-16">Admin actions</h2>
        <Picker
          label="Actions"
          choices={CHOICES}
          value={act ?? ALL}
          onChange={(next) => setParams(next === ALL ? {} : { act: next }, { replace: true })}
        />
      </div>
      {query.isPending && <RowsSkeleton label="Loading the audit log" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && acts.length === 0 && (
        <BlankState
          sentence="No actions of this kind yet."
          action={act && <Button onClick={() => setParams({}, { replace: true })}>Show all actions</Button>}
        />
      )}
      {acts.length > 0 && <DataTable caption="Audit log" columns={COLUMNS} rows={acts} rowKey={({ id }) => id} />}
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
    </>
  );
}
