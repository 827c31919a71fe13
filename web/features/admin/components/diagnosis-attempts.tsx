import type { Diagnosis } from '#contract/diagnosis.ts';
import { modelLabel, providerLabel } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURE_LABELS } from '#domain/provider/provider-failure.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatDollars } from '#web/format/dollars.ts';
import { formatDuration } from '#web/format/duration.ts';

type Attempt = Diagnosis['attempts'][number];

const COLUMNS = [
  { title: 'No.', cell: ({ ordinal }: Attempt) => ordinal + 1 },
  { title: 'Provider', cell: Provider },
  { title: 'State', cell: State },
  {
    title: 'External id',
    wide: true,
    cell: ({ externalId }: Attempt) => <span className="mono text-12 break-all">{externalId}</span>,
  },
  {
    title: 'Duration',
    number: true,
    cell: ({ latencyMs }: Attempt) => (latencyMs === null ? '' : formatDuration(latencyMs)),
  },
  {
    title: 'Provider cost',
    number: true,
    wide: true,
    cell: ({ costUsd }: Attempt) => (costUsd === null ? '' : formatDollars(costUsd)),
  },
];

/** A generation's attempts at providers, in order. */
export function DiagnosisAttempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  return (
    <section aria-labelledby="attempts" className="min-w-0">
      <h3 id="attempts" className="text-14">
        Attempts
      </h3>
      {attempts.length === 0 ? (
        <p className="py-2 text-13 text-ink-3">No attempts yet.</p>
      ) : (
        <DataTable caption="Attempts" columns={COLUMNS} rows={attempts} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function Provider({ provider, model }: Attempt) {
  return (
    <span className="grid">
      <span>{providerLabel(provider)}</span>
      <span className="text-12 text-ink-3">{modelLabel(provider, model)}</span>
    </span>
  );
}

function State({ state, failure, failureMessage }: Attempt) {
  return (
    <span className="grid">
      <span>{state}</span>
      {failure && (
        <span className="text-12 text-bad" title={failureMessage ?? undefined}>
          {PROVIDER_FAILURE_LABELS[failure]}
        </span>
      )}
    </span>
  );
}
