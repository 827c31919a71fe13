import { Link } from 'react-router';
import type { Generation } from '#contract/generation.ts';
import { isGrant } from '#domain/account/granted-credits.ts';
import { STARTER_REFERENCE } from '#domain/account/starter-credits.ts';
import { cx } from '#web/components/class-names.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { formatCount } from '#web/format/count.ts';
import type { Transfer } from '../api/use-statement.ts';
import { describeTransfer } from '../describe-transfer.ts';

interface StatementProps {
  readonly transfers: readonly Transfer[];
  readonly generations: ReadonlyMap<string, Generation>;
}

type StatementRow = Transfer & { readonly generation: Generation | undefined };

const COLUMNS = [
  { title: 'When', cell: ({ createdAt }: StatementRow) => <Timestamp at={createdAt} /> },
  { title: 'What', cell: What },
  { title: 'Type', wide: true, cell: (row: StatementRow) => describeTransfer(row).kind },
  { title: 'Credits', number: true, cell: Moved },
  { title: 'Available', number: true, cell: (row: StatementRow) => formatCount(row.availableAfter) },
];

/** All transfers, newest first, each with the credits available after it. */
export function Statement({ transfers, generations }: StatementProps) {
  const rows = transfers.map((transfer) => ({
    ...transfer,
    generation: generations.get(transfer.generationId ?? ''),
  }));
  return <DataTable caption="Statement" rows={rows} rowKey={({ id }) => id} columns={COLUMNS} />;
}

function What(row: StatementRow) {
  return (
    <span className="grid">
      <span className="line-clamp-2 break-words">
        <Subject {...row} />
      </span>
      <span className="text-12 text-ink-3 sm:hidden">{describeTransfer(row).kind}</span>
    </span>
  );
}

/** Where added credits came from. */
function sourceOf(reference: string | null): string {
  if (reference === null) return 'Credits';
  if (reference === STARTER_REFERENCE) return 'Starter credits';
  return isGrant(reference) ? 'Granted by the studio' : reference;
}

function Subject({ generationId, generation, reason }: StatementRow) {
  if (generationId === null) return <bdi>{sourceOf(reason)}</bdi>;
  const avatar = generation?.avatar;
  const name = <bdi>{generation?.name ?? 'An avatar'}</bdi>;
  return (
    <>
      {avatar ? (
        <Link
          to={`/projects/${avatar.projectId}/avatars/${avatar.id}`}
          className="underline decoration-edge underline-offset-3 hover:decoration-ink"
        >
          {name}
        </Link>
      ) : (
        name
      )}
      {reason && <bdi className="text-ink-3">, {reason}</bdi>}
    </>
  );
}

function Moved(row: StatementRow) {
  const { moved, tone } = describeTransfer(row);
  return (
    <span className={cx('whitespace-nowrap', tone === 'in' && 'text-good', tone === 'none' && 'text-ink-3')}>
      {moved}
    </span>
  );
}
