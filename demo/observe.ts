import { type Attempt, listAttempts } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { until } from '#tests/support/until.ts';
import type { DemoStudio } from './demo-studio.ts';

/** An outage, its restart and the reconciler's next round on a busy machine. */
const END_TIMEOUT_MS = 120_000;

const MS_PER_SECOND = 1_000;

/** What the database, the bill and the bucket's index say about one generation. */
export interface Observed {
  readonly status: string;
  /** Kinds of the ledger's transfers, oldest first. */
  readonly transfers: readonly string[];
  readonly attempts: readonly Attempt[];
  /** Jobs that the providers accepted for this prompt, oldest first. */
  readonly bill: readonly BillEntry[];
  readonly avatars: number;
}

export interface BillEntry {
  readonly provider: 'replicate' | 'fal';
  readonly id: string;
  readonly state: string;
}

/** The providers' own bill for one prompt. */
export function billFor({ fakes }: DemoStudio, prompt: string): BillEntry[] {
  return (['replicate', 'fal'] as const).flatMap((provider) =>
    fakes[provider]
      .ledger()
      .filter((entry) => String(entry.prompt).includes(prompt))
      .map(({ id, state }) => ({ provider, id, state })),
  );
}

export async function observe(studio: DemoStudio, id: string, prompt: string): Promise<Observed> {
  const { database } = studio;
  const [row, transfers, avatars, attempts] = await Promise.all([
    readGeneration(database, id),
    database.call<{ kind: string }>(
      'demo.transfers',
      'SELECT kind FROM credit_transfers WHERE generation_id = $1 ORDER BY created_at, kind DESC',
      [id],
    ),
    database.call<{ id: string }>('demo.avatars', 'SELECT id FROM avatars WHERE generation_id = $1', [id]),
    listAttempts(database, [id]),
  ]);
  return {
    status: row?.status ?? 'absent',
    transfers: transfers.map(({ kind }) => kind),
    attempts,
    bill: billFor(studio, prompt),
    avatars: avatars.length,
  };
}

/** Waits for the final status. @returns what can be observed then */
export async function observeEnd(studio: DemoStudio, id: string, prompt: string): Promise<Observed> {
  await until(async () => isEnded(await readGeneration(studio.database, id)), {
    timeoutMs: END_TIMEOUT_MS,
    what: `the end of generation ${id}`,
  });
  return observe(studio, id, prompt);
}

function isEnded(row: Generation | undefined): boolean {
  return row !== undefined && isFinal(row.status);
}

/** One activity that the workflow's history records as started. */
interface ActivityStart {
  readonly activity: string;
  /** From 1; above 1, `lastFailure` is the reason. */
  readonly attempt: number;
  readonly lastFailure: string | undefined;
}

export interface ObservedHistory {
  readonly startedAtMs: number;
  /** Process and host that started the workflow, as `pid@host`. */
  readonly startedBy: string | undefined;
  readonly starts: readonly ActivityStart[];
}

export async function readHistory({ temporal }: DemoStudio, id: string): Promise<ObservedHistory> {
  const { events } = await temporal.workflow.getHandle(`generation-${id}`).fetchHistory();
  const [first] = events ?? [];
  const activities = new Map(
    events?.map((event) => [String(event.eventId), event.activityTaskScheduledEventAttributes?.activityType?.name]),
  );
  const starts = (events ?? []).flatMap(({ activityTaskStartedEventAttributes: started }) => {
    if (!started) return [];
    const activity = activities.get(String(started.scheduledEventId)) ?? 'an activity';
    return [{ activity, attempt: started.attempt ?? 1, lastFailure: started.lastFailure?.message ?? undefined }];
  });
  return {
    startedAtMs: Number(first?.eventTime?.seconds ?? 0) * MS_PER_SECOND,
    startedBy: first?.workflowExecutionStartedEventAttributes?.identity ?? undefined,
    starts,
  };
}
