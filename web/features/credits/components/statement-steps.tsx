import { Timestamp } from '#web/components/timestamp.tsx';
import { formatCount } from '#web/format/count.ts';
import type { Transfer } from '../api/use-statement.ts';
import { describeTransfer } from '../describe-transfer.ts';
import type { StatementEntry } from '../fold-transfers.ts';
import { MovedCredits } from './moved-credits.tsx';

interface StatementStepsProps extends Pick<StatementEntry, 'steps' | 'complete'> {
  readonly id: string;
  readonly label: string;
}

/** The transfers of a generation, newest first, each with the credits available after it. */
export function StatementSteps({ id, label, steps, complete }: StatementStepsProps) {
  return (
    <div id={id} className="rounded-control bg-sunken px-3 py-2 text-12">
      <ol aria-label={label} className="grid gap-1">
        {steps.map((step) => (
          <Step key={step.id} {...step} />
        ))}
      </ol>
      {!complete && <p className="mt-1 text-ink-3">Earlier steps are shown once more of the statement is loaded.</p>}
    </div>
  );
}

function Step(step: Transfer) {
  const text = describeTransfer(step);
  return (
    <li className="num flex flex-wrap gap-x-3">
      <Timestamp at={step.createdAt} />
      <span className="min-w-0 grow">
        {text.kind}
        {step.reason && (
          <>
            : <bdi>{step.reason}</bdi>
          </>
        )}
      </span>
      <MovedCredits {...text} />
      <span className="w-28 text-right text-ink-3">{formatCount(step.availableAfter)} available</span>
    </li>
  );
}
