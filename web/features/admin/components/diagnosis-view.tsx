import { CircleCheck, ExternalLink, OctagonAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Diagnosis } from '#contract/diagnosis.ts';
import type { Stage } from '#domain/generation/generation.ts';
import { buttonClass } from '#web/components/button-style.ts';
import { cx } from '#web/components/class-names.ts';
import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { Facts } from '#web/components/facts.tsx';
import { LINK_CLASS } from './link-class.ts';
import { DiagnosisAttempts } from './diagnosis-attempts.tsx';
import { DiagnosisProviders } from './diagnosis-providers.tsx';

/** A workflow cannot know whether the provider it waits for has begun: to it, both are "queued". */
function stepOf(stage: Stage): string {
  return stage === 'queued' ? 'waiting for its image' : `it says ${stage}`;
}

/** Where a generation is and what it waits for: first in a sentence, then everything the sentence comes from. */
export function DiagnosisView({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const { generation, workflow, queue, timing } = diagnosis;
  const Icon = diagnosis.stuck ? OctagonAlert : CircleCheck;
  const facts = [
    { term: 'Status', value: generation.status, note: `stage ${generation.stage}, priority ${generation.priority}` },
    {
      term: 'Workflow',
      value: workflow ? workflow.state.toLowerCase() : 'no answer',
      note: workflow?.status && stepOf(workflow.status.stage),
    },
    {
      term: 'In line',
      value: queue.position ? formatCount(queue.position.position) : 'not in it',
      note: `${formatCount(queue.waiting)} wait, ${formatCount(queue.running)} being painted`,
    },
    { term: 'Changed', value: formatMoment(timing.updatedAt), note: `asked for ${formatMoment(generation.createdAt)}` },
    {
      term: 'Deadline',
      value: timing.deadlineAt ? formatMoment(timing.deadlineAt) : 'none',
      note: timing.cancelRequestedAt ? `cancel asked ${formatMoment(timing.cancelRequestedAt)}` : undefined,
    },
  ];
  return (
    <div className="grid gap-8">
      <section aria-label="Why" className="flex items-start gap-3 rounded-image border border-line bg-raised p-4">
        <Icon
          size={20}
          strokeWidth={1.5}
          aria-hidden="true"
          className={cx('mt-0.5 shrink-0', diagnosis.stuck ? 'text-warn' : 'text-good')}
        />
        <div className="grid min-w-0 gap-1">
          <p className="text-16 text-pretty break-words">{diagnosis.outcome}</p>
          {diagnosis.advice && <p className="text-pretty text-ink-2">{diagnosis.advice}</p>}
          {diagnosis.newGenerationsPaused && <p className="text-warn">The intake is paused.</p>}
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
              Its owner’s account
            </Link>
          </p>
        </div>
      </section>
      <Facts label="State" facts={facts} />
      <DiagnosisAttempts attempts={diagnosis.attempts} />
      <DiagnosisProviders providers={diagnosis.providers} />
    </div>
  );
}
