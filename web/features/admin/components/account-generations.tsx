import { useState } from 'react';
import { Link } from 'react-router';
import { toast } from 'sonner';
import type { Generation } from '#contract/generation.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { DataTable } from '#web/components/data-table.tsx';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { generationCardText } from '#web/features/generations/generation-card-text.ts';
import { counted, formatCount } from '#web/format/count.ts';
import { formatTotal } from '#web/format/total.ts';
import { type AdminAccount, useRefund } from '../api/use-admin-account.ts';
import { LINK_CLASS } from './link-class.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface GenerationRow {
  readonly generation: Generation;
  /** Undefined once the generation is refunded. */
  readonly onRefund: (() => void) | undefined;
}

const COLUMNS = [
  { title: 'When', wide: true, cell: When },
  { title: 'Avatar', cell: Name },
  { title: 'Credits', number: true, cell: ({ generation }: GenerationRow) => formatCount(generation.price) },
  { title: 'Refund', number: true, cell: Refund },
];

/** The latest generations of an account, each with a button that refunds its price. */
export function AccountGenerations({ account }: { readonly account: AdminAccount }) {
  const [refunding, setRefunding] = useState<Generation>();
  const refund = useRefund(account.id);
  const refundedIds = new Set(
    account.ledger.newest.filter(({ kind }) => kind === 'refund').map(({ generationId }) => generationId),
  );
  const rows = account.generations.newest.map((generation) => ({
    generation,
    onRefund: isRefunded(generation, refundedIds) ? undefined : () => setRefunding(generation),
  }));
  const close = () => {
    setRefunding(undefined);
    refund.reset();
  };
  const onSubmit = (reason: string) => {
    if (!refunding) return;
    refund.mutate(
      { generationId: refunding.id, reason },
      {
        onSuccess: ({ amount }) => {
          toast(`${counted(amount, 'credit')} returned`);
          close();
        },
      },
    );
  };
  return (
    <section aria-labelledby="generations" className="min-w-0">
      <h3 id="generations" className="text-14">
        Generations <span className="num text-ink-3">{formatTotal(account.generations)}</span>
      </h3>
      {account.generations.total === 0 ? (
        <p className="py-2 text-13 text-ink-3">No generations yet.</p>
      ) : (
        <DataTable caption="Generations" columns={COLUMNS} rows={rows} rowKey={({ generation }) => generation.id} />
      )}
      {refunding && (
        <ReasonDialog
          required
          title="Refund a generation"
          sentence={`${isolated(refunding.name)} cost ${counted(refunding.price, 'credit')}. The full amount is returned, and the account keeps the avatar.`}
          label="Reason"
          submit={`Return ${counted(refunding.price, 'credit')}`}
          busy={refund.isPending}
          error={refund.error ? messageOf(refund.error) : undefined}
          onSubmit={onSubmit}
          onClose={close}
        />
      )}
    </section>
  );
}

function isRefunded({ id, creditsReturned }: Generation, refundedIds: ReadonlySet<string | null>): boolean {
  return creditsReturned > 0 || refundedIds.has(id);
}

function Refund({ generation, onRefund }: GenerationRow) {
  if (!onRefund) return <span className="text-ink-3">returned</span>;
  if (generation.status !== 'completed') return null;
  return (
    <Button size="small" aria-label={`Refund ${isolated(generation.name)}`} onClick={onRefund}>
      Refund
    </Button>
  );
}

function When({ generation: { createdAt } }: GenerationRow) {
  return (
    <time dateTime={createdAt} className="num whitespace-nowrap text-ink-3">
      {formatMoment(createdAt)}
    </time>
  );
}

function Name({ generation }: GenerationRow) {
  return (
    <span className="grid min-w-0">
      <Link to={`/admin/generations/${generation.id}`} className={`line-clamp-2 ${LINK_CLASS}`}>
        <bdi>{generation.name}</bdi>
      </Link>
      <span className="text-12 text-ink-3">{generationCardText(generation).summary}</span>
    </span>
  );
}
