import { RotateCcw } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { Button } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useDiagnosis } from '#web/features/admin/api/use-diagnosis.ts';
import { IdForm } from '#web/features/admin/components/id-form.tsx';
import { DiagnosisView } from '#web/features/admin/components/diagnosis-view.tsx';

/** Diagnoses one generation, chosen by id. */
export function AdminGenerationPage() {
  const { generationId } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title="Diagnose" />
      {generationId ? (
        <GenerationDiagnosis key={generationId} generationId={generationId} />
      ) : (
        <>
          <h2 className="mb-4 flex min-h-11 items-center text-16">Diagnose a generation</h2>
          <IdForm
            label="Generation id or URL"
            submit="Diagnose"
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
            <bdi>{query.data?.generation.name ?? 'Generation'}</bdi>
          </h2>
          <p className="mono text-12 break-all text-ink-3">{generationId}</p>
        </div>
        <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
          <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> Refresh
        </Button>
      </div>
      {query.isPending && <RowsSkeleton label="Loading the diagnosis" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DiagnosisView diagnosis={query.data} />}
    </>
  );
}
