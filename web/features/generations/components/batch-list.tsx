import { X } from 'lucide-react';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { useCancelBatch } from '../api/use-cancel-batch.ts';
import type { BatchProgress } from '../batches.ts';

const PERCENT = 100;

/** The progress of each batch. Renders nothing when no batch is in progress. */
export function BatchList({ batches }: { readonly batches: readonly BatchProgress[] }) {
  if (batches.length === 0) return null;
  return (
    <section aria-labelledby="batches">
      <h2 id="batches" className="mb-2 text-13">
        Batches
      </h2>
      <ul className="border-t border-line">
        {batches.map((batch) => (
          <BatchRow key={batch.batchId} batch={batch} />
        ))}
      </ul>
    </section>
  );
}

function BatchRow({ batch }: { readonly batch: BatchProgress }) {
  const cancel = useCancelBatch(batch.batchId);
  const { name, size } = batch;
  const ended = size - batch.activeCount;
  const cancelling = cancel.isPending || cancel.isSuccess;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2">
      <div className="min-w-0">
        <p className="truncate" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className="num text-13 text-ink-2">{progressText(batch)}</p>
      </div>
      <Button
        tone="bare"
        size="small"
        aria-label={`Cancel the rest of ${isolated(name)}`}
        disabled={cancelling}
        onClick={() => cancel.mutate()}
      >
        <X size={16} strokeWidth={1.5} aria-hidden="true" /> {cancelling ? 'Cancelling' : 'Cancel the rest'}
      </Button>
      <div
        role="progressbar"
        aria-label={`Batch ${isolated(name)}`}
        aria-valuenow={ended}
        aria-valuemin={0}
        aria-valuemax={size}
        aria-valuetext={progressText(batch)}
        className="col-span-2 h-1 overflow-hidden rounded-full bg-sunken"
      >
        <i
          className="block h-full origin-left bg-ink-2 transition-transform duration-(--calm) ease-calm"
          style={{ transform: `scaleX(${ended / size})`, width: `${PERCENT}%` }}
        />
      </div>
    </li>
  );
}

/** "3 of 8 done, 1 failed" */
function progressText({ size, done, failed, cancelled }: BatchProgress): string {
  const parts = [`${formatCount(done)} of ${formatCount(size)} done`];
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (cancelled > 0) parts.push(`${formatCount(cancelled)} cancelled`);
  return parts.join(', ');
}
