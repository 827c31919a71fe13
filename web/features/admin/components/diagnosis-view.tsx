import { CircleCheck, ExternalLink, OctagonAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Diagnosis } from '#contract/diagnosis.ts';
import type { Stage } from '#domain/generation/generation.ts';
import { buttonClass } from '#web/components/button-style.ts';
import { cx } from '#web/components/class-names.ts';
import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { FactRow } from '#web/components/fact-row.tsx';
import { LINK_CLASS } from './link-class.ts';
import { DiagnosisAttempts } from './diagnosis-attempts.tsx';
import { DiagnosisProviders } from './diagnosis-providers.tsx';

/** The workflow can't observe when the provider starts, so it reports "queued" until the image arrives. */
function stepOf(stage: Stage): string {
  return stage === 'queued' ? 'waiting for the image' : `stage ${stage}`;
}

/** Where a generation is and what it waits for: a one-sentence summary, then the facts behind it. */
export function DiagnosisView({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const { generation, workflow, queue, timing } = diagnosis;
  const Icon = diagnosis.stuck ? OctagonAlert : CircleCheck;
  const facts = [
    { term: 'Status', value: generation.status, note: `stage ${generation.stage}, priority ${generation.priority}` },
    {
      term: 'Workflow',
      value: workflow ? workflow.state.toLowerCase() : 'no response',
      note: workflow?.status && stepOf(workflow.status.stage),
    },
    {
      term: 'Queue position',
      value: queue.position ? formatCount(queue.position.position) : 'not in queue',
      note: `${formatCount(queue.waiting)} waiting, ${formatCount(queue.running)} generating`,
    },
    { term: 'Updated', value: formatMoment(timing.updatedAt), note: `requested ${formatMoment(generation.createdAt)}` },
    {
      term: 'Deadline',
      value: timing.deadlineAt ? formatMoment(timing.deadlineAt) : 'none',
      note: timing.cancelRequestedAt ? `cancellation requested ${formatMoment(timing.cancelRequestedAt)}` : undefined,
    },
  ];
  return (
    <div className="grid gap-8">
      <section aria-label="Diagnosis" className="flex items-start gap-3 rounded-image border border-line bg-raised p-4">
        <Icon
          size={20}
          strokeWidth={1.5}
          aria-hidden="true"
          className={cx('mt-0.5 shrink-0', diagnosis.stuck ? 'text-warn' : 'text-good')}
        />
        <div className="grid min-w-0 gap-1">
          <p className="text-16 text-pretty">{diagnosis.summary}</p>
          {diagnosis.advice && <p className="text-pretty text-ink-2">{diagnosis.advice}</p>}
          {diagnosis.newGenerationsPaused && <p className="text-warn">New generations are paused.</p>}
          <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 text-13">
            {workflow?.operatorUrl && (
              <a
                href={workflow.operatorUrl}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ size: 'small' })}
              >
                <ExternalLink size={16} strokeWidth={1.5} aria-hidden="true" /> Open in Temporal
              </a>
            )}
            <Link to={`/admin/accounts/${diagnosis.accountId}`} className={LINK_CLASS}>
              View account
            </Link>
          </p>
        </div>
      </section>
      <FactRow label="State" facts={facts} />
      <DiagnosisAttempts attempts={diagnosis.attempts} />
      <DiagnosisProviders providers={diagnosis.providers} />
    </div>
  );
}
