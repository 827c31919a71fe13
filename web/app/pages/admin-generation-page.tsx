import { RotateCcw } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { Button } from '#web/components/button.tsx';
import { FailedState } from '#web/components/failed-state.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useDiagnosis } from '#web/features/admin/api/use-diagnosis.ts';
import { IdForm } from '#web/features/admin/components/id-form.tsx';
import { RowsSkeleton } from '#web/features/admin/components/rows-skeleton.tsx';
import { DiagnosisView } from '#web/features/admin/components/diagnosis-view.tsx';

/** Why is this stuck? */
export function AdminGenerationPage() {
  const { generationId } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title="Why is this stuck?" />
      {generationId ? (
        <GenerationDiagnosis key={generationId} generationId={generationId} />
      ) : (
        <>
          <h2 className="mb-4 flex min-h-11 items-center text-16">Why is this stuck?</h2>
          <IdForm
            label="Generation id, or an address with it"
            submit="Explain"
            onSubmit={(id) => void navigate(`/admin/generations/${id}`)}
          />
        </>
      )}
    </>
  );
}

function GenerationDiagnosis({ generationId }: { readonly generationId: string }) {
  const query = useDiagnosis(generationId);
  return (
    <>
      <div className="mb-4 flex min-h-11 items-center gap-3">
        <div className="mr-auto min-w-0">
          <h2 className="truncate text-16">
            <bdi>{query.data?.generation.name ?? 'A generation'}</bdi>
          </h2>
          <p className="mono text-12 break-all text-ink-3">{generationId}</p>
        </div>
        <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
          <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> Look again
        </Button>
      </div>
      {query.isPending && <RowsSkeleton label="Finding out why" />}
      {query.isError && <FailedState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DiagnosisView diagnosis={query.data} />}
    </>
  );
}
