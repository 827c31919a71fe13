import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import type { Generation } from '#contract/generation.ts';
import { isGrant } from '#domain/account/granted-credits.ts';
import { STARTER_REFERENCE } from '#domain/account/starter-credits.ts';
import { isolated } from '#domain/text/isolated.ts';
import { generationPath } from '#web/components/avatar-path.ts';
import { Button } from '#web/components/button.tsx';
import { DataTable } from '#web/components/data-table.tsx';
import { Timestamp } from '#web/components/timestamp.tsx';
import { formatCount } from '#web/format/count.ts';
import type { Transfer } from '../api/use-statement.ts';
import { describeEntry } from '../describe-transfer.ts';
import { foldTransfers, type StatementEntry } from '../fold-transfers.ts';
import { MovedCredits } from './moved-credits.tsx';
import { StatementSteps } from './statement-steps.tsx';

interface StatementProps {
  readonly transfers: readonly Transfer[];
  readonly generations: ReadonlyMap<string, Generation>;
}

interface StatementRow extends StatementEntry {
  readonly generation: Generation | undefined;
  readonly name: string;
  readonly open: boolean;
  readonly stepsId: string;
  readonly onToggle: () => void;
}

const COLUMNS = [
  { title: 'When', cell: ({ latest }: StatementRow) => <Timestamp at={latest.createdAt} /> },
  { title: 'What', cell: What },
  { title: 'Type', wide: true, cell: ({ latest }: StatementRow) => describeEntry(latest).kind },
  { title: 'Credits', number: true, cell: ({ latest }: StatementRow) => <MovedCredits {...describeEntry(latest)} /> },
  { title: 'Steps', number: true, cell: Toggle },
];

/** Payments, grants and generations, the latest first. A generation opens to the steps that its credits went through. */
export function Statement({ transfers, generations }: StatementProps) {
  const prefix = useId();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = foldTransfers(transfers).map((entry): StatementRow => {
    const generation = generations.get(entry.latest.generationId ?? '');
    return {
      ...entry,
      generation,
      name: generation?.avatar?.name ?? generation?.name ?? 'An avatar',
      open: opened.has(entry.id),
      stepsId: `${prefix}${entry.id}`,
      onToggle: () => setOpened((before) => withToggled(before, entry.id)),
    };
  });
  return <DataTable caption="Statement" rows={rows} rowKey={({ id }) => id} columns={COLUMNS} detail={Steps} />;
}

function withToggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function What(row: StatementRow) {
  const { generationId, availableAfter } = row.latest;
  return (
    <span className="grid">
      <span className="line-clamp-2">
        <Subject {...row} />
      </span>
      <span className="text-12 text-ink-3 sm:hidden">{describeEntry(row.latest).kind}</span>
      {generationId === null && (
        <span className="num text-12 text-ink-3">{formatCount(availableAfter)} available after it</span>
      )}
    </span>
  );
}

/** Where added credits came from. */
function sourceOf(reference: string | null): string {
  if (reference === null) return 'Credits';
  if (reference === STARTER_REFERENCE) return 'Starter credits';
  return isGrant(reference) ? 'Granted by the studio' : reference;
}

function Subject({ latest, generation, name }: StatementRow) {
  if (latest.generationId === null) return <bdi>{sourceOf(latest.reason)}</bdi>;
  // One that is not listed any more is looked up when the link is followed.
  const path = generation ? generationPath(generation) : `/generations/${latest.generationId}`;
  if (path === undefined) return <bdi>{name}</bdi>;
  return (
    <Link to={path} className="underline decoration-edge underline-offset-3 hover:decoration-ink">
      <bdi>{name}</bdi>
    </Link>
  );
}

function Toggle({ latest, name, open, stepsId, onToggle }: StatementRow) {
  if (latest.generationId === null) return null;
  return (
    <Button
      tone="bare"
      size="small"
      icon
      className="-my-1.5"
      aria-expanded={open}
      aria-controls={open ? stepsId : undefined}
      aria-label={`Steps of ${isolated(name)}`}
      onClick={onToggle}
    >
      <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" className={open ? 'rotate-180' : undefined} />
    </Button>
  );
}

function Steps({ open, steps, complete, stepsId, name }: StatementRow) {
  return open ? (
    <StatementSteps id={stepsId} label={`Steps of ${isolated(name)}`} steps={steps} complete={complete} />
  ) : null;
}
