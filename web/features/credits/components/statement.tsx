import { Link } from 'react-router';
import type { Generation } from '#contract/generation.ts';
import { STARTER_REFERENCE } from '#domain/account/starter-credits.ts';
import { cx } from '#web/components/class-names.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import type { Transfer } from '../api/use-statement.ts';
import { describeTransfer } from '../describe-transfer.ts';

interface StatementProps {
  readonly transfers: readonly Transfer[];
  readonly generations: ReadonlyMap<string, Generation>;
}

type Line = Transfer & { readonly generation: Generation | undefined };

const COLUMNS = [
  { title: 'When', cell: When },
  { title: 'What', cell: What },
  { title: 'Movement', wide: true, cell: (line: Line) => describeTransfer(line).kind },
  { title: 'Credits', number: true, cell: Moved },
  { title: 'Available', number: true, cell: (line: Line) => formatCount(line.availableAfter) },
];

/** Every movement, newest first; each line says what was left after it. */
export function Statement({ transfers, generations }: StatementProps) {
  const lines = transfers.map((transfer) => ({
    ...transfer,
    generation: generations.get(transfer.generationId ?? ''),
  }));
  return <DataTable caption="Statement" rows={lines} rowKey={({ id }) => id} columns={COLUMNS} />;
}

function When({ createdAt }: Line) {
  return (
    <time
      dateTime={createdAt}
      title={new Date(createdAt).toLocaleString('en-GB')}
      className="num whitespace-nowrap text-ink-3"
    >
      {formatMoment(createdAt)}
    </time>
  );
}

function What(line: Line) {
  return (
    <span className="grid">
      <span className="line-clamp-2 break-words">
        <Subject {...line} />
      </span>
      <span className="text-12 text-ink-3 sm:hidden">{describeTransfer(line).kind}</span>
    </span>
  );
}

function Subject({ generationId, generation, reason }: Line) {
  if (generationId === null)
    return <bdi>{reason === STARTER_REFERENCE ? 'Starter credits' : (reason ?? 'Credits')}</bdi>;
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

function Moved(line: Line) {
  const { moved, tone } = describeTransfer(line);
  return (
    <span className={cx('whitespace-nowrap', tone === 'in' && 'text-good', tone === 'none' && 'text-ink-3')}>
      {moved}
    </span>
  );
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function StatementSkeleton() {
  return (
    <div role="status" aria-label="Reading the statement">
      {PLACEHOLDERS.map((place) => (
        <div key={place} aria-hidden="true" className="flex h-[37px] items-center border-b border-line">
          <span className="h-4 w-2/5 rounded-option bg-sunken" />
          <span className="ml-auto h-4 w-12 rounded-option bg-sunken" />
        </div>
      ))}
    </div>
  );
}
