import { Button } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useReconcile, useSwitches } from '#web/features/admin/api/use-switches.ts';
import { CancelForm } from '#web/features/admin/components/cancel-form.tsx';
import { SwitchPanel } from '#web/features/admin/components/switch-panel.tsx';

/** The controls for an incident: feature switches, cancelling many generations, and the reconciler. */
export function AdminSwitchesPage() {
  const query = useSwitches();
  const reconcile = useReconcile();
  return (
    <div className="grid max-w-3xl gap-8">
      <PageTitle title="Switches" />
      <h2 className="sr-only">Switches</h2>
      {query.isPending && <RowsSkeleton label="Loading the switches" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <SwitchPanel switches={query.data} />}
      <CancelForm />
      <section aria-labelledby="reconciler">
        <h3 id="reconciler" className="border-b border-line pb-2 text-14">
          Reconciler
        </h3>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
          <Button disabled={reconcile.isPending} onClick={() => reconcile.mutate()}>
            Run the reconciler
          </Button>
          <p className="text-13 text-ink-3">It runs automatically every 30 seconds.</p>
        </div>
      </section>
    </div>
  );
}
