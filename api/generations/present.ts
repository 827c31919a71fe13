import type { Attempt, Generation } from '#contract/generation.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import { FAILURES } from '#domain/generation/failure.ts';
import { retryMoment } from '#domain/generation/limit-window.ts';
import { styleOf } from '#domain/prompt/style.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listAttempts, type Attempt as AttemptRow } from '#drizzle/queries/generations/attempts.ts';
import { avatarsOfGenerations, type Avatar as AvatarRow } from '#drizzle/queries/avatars/avatars.ts';
import type { Generation as GenerationRow } from '#drizzle/queries/generations/generation-row.ts';
import { readSuccessors } from '#drizzle/queries/generations/retries.ts';
import type { PresentAvatar } from '../avatars/present.ts';
import type { QueueView } from '../queue/queue-view.ts';
import { ownTurn } from '../turn.ts';

/** A snapshot has up to 600 rows, whose requests are validated: two tenths of a millisecond each, and others wait. */
const ROWS_PER_TURN = 20;

/** What the contract shows of generations besides their own rows. */
interface GenerationParts {
  /** In the order of their ordinals. */
  readonly attempts: readonly AttemptRow[];
  readonly avatars: readonly AvatarRow[];
  /** Successor by predecessor. */
  readonly successors: ReadonlyMap<string, string>;
}

/**
 * Rows as the contract shows them, in the same order: with attempts, avatar and position.
 * @param parts as read with the rows; otherwise they are read by one statement each for all rows
 */
export type PresentGenerations = (rows: readonly GenerationRow[], parts?: GenerationParts) => Promise<Generation[]>;

export interface PresentDeps {
  readonly database: Database;
  readonly queueView: QueueView;
  readonly presentAvatar: PresentAvatar;
}

export function presentGenerations({ database, queueView, presentAvatar }: PresentDeps): PresentGenerations {
  async function readParts(rows: readonly GenerationRow[]): Promise<GenerationParts> {
    const [attempts, avatars, successors] = await Promise.all([
      listAttempts(database, idsOf(rows, 'processing', 'completed', 'failed', 'cancelled')),
      avatarsOfGenerations(database, idsOf(rows, 'completed')),
      readSuccessors(database, idsOf(rows, 'failed', 'cancelled')),
    ]);
    return { attempts, avatars, successors };
  }

  return async (rows, given) => {
    const [parts, positions] = await Promise.all([
      given ?? readParts(rows),
      queueView.positionsOf(idsOf(rows, 'pending')),
    ]);
    const { attempts, avatars: avatarRows, successors } = parts;
    const attemptsOf = Map.groupBy(attempts, ({ generationId }) => generationId);
    const avatars = await Promise.all(avatarRows.map(presentAvatar));
    const avatarOf = new Map(avatars.map((avatar) => [avatar.generation.id, avatar]));
    const presented: Generation[] = [];
    for (const row of rows) {
      if (presented.length % ROWS_PER_TURN === ROWS_PER_TURN - 1) await ownTurn();
      const ofRow = attemptsOf.get(row.id) ?? [];
      presented.push({
        ...presentRow(row),
        stage: stageOf(row, ofRow),
        retriedAs: successors.get(row.id) ?? null,
        queue: positions.get(row.id) ?? null,
        attempts: ofRow.map(presentAttempt),
        notDrawn: ofRow.find(({ state }) => state === 'succeeded')?.notDrawn ?? [],
        avatar: avatarOf.get(row.id) ?? null,
      });
    }
    return presented;
  };
}

/** The row of a generation whose image is staged says so only when saving it takes long. */
function stageOf({ status, stage }: GenerationRow, attempts: readonly AttemptRow[]): GenerationRow['stage'] {
  const isStaged = status === 'processing' && attempts.at(-1)?.state === 'succeeded';
  return isStaged && stage === 'generating' ? 'saving' : stage;
}

function idsOf(rows: readonly GenerationRow[], ...statuses: GenerationRow['status'][]): string[] {
  return rows.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
}

/** The same for replies to changes: when positions, attempts or avatars can't be read, they are omitted. */
export function presentAnyway(present: PresentGenerations): PresentGenerations {
  return (rows) =>
    present(rows).catch(() =>
      rows.map((row) => ({
        ...presentRow(row),
        retriedAs: null,
        queue: null,
        attempts: [],
        notDrawn: [],
        avatar: null,
      })),
    );
}

/**
 * One row as the contract shows it.
 * @throws Error when presenting failed to return it
 */
export async function presentOne(present: PresentGenerations, row: GenerationRow): Promise<Generation> {
  const [presented] = await present([row]);
  if (!presented) throw new Error('Presenting a generation returned nothing');
  return presented;
}

type OwnFields = Omit<Generation, 'retriedAs' | 'queue' | 'attempts' | 'notDrawn' | 'avatar'>;

function presentRow(row: GenerationRow): OwnFields {
  const request = storedRequest.safeParse(row.request).data ?? {};
  return {
    id: row.id,
    projectId: row.projectId,
    batchId: row.batchId,
    retryOf: row.retryOf,
    name: avatarName(request),
    sourceType: row.sourceType,
    status: row.status,
    stage: row.stage,
    version: row.version,
    priority: row.priority,
    price: row.price,
    prompt: request.prompt ?? null,
    style: styleOf(request) ?? null,
    seed: row.seed,
    request,
    provider: row.provider,
    model: row.model && modelLabel(row.provider, row.model),
    costUsd: row.costUsd,
    refusal: row.refusal,
    retryAt: row.refusal && (retryMoment(row.refusal, row.updatedAt)?.toISOString() ?? null),
    failure: row.failure && presentFailure(row, row.failure),
    cancelReason: row.cancelReason,
    creditsReturned: returned(row),
    createdAt: row.createdAt.toISOString(),
    pendingAt: row.pendingAt?.toISOString() ?? null,
    processingAt: row.processingAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function presentFailure(row: GenerationRow, failure: NonNullable<GenerationRow['failure']>): Generation['failure'] {
  const { message, retryable } = FAILURES[failure.code];
  return { code: failure.code, message: failure.message || message, retryable, creditsReturned: returned(row) };
}

function returned({ creditsReturned, price }: GenerationRow): number {
  return creditsReturned ? price : 0;
}

function presentAttempt(row: AttemptRow): Attempt {
  return {
    provider: row.provider,
    model: modelLabel(row.provider, row.model),
    state: row.state,
    failure: row.failure?.kind ?? null,
    costUsd: row.costUsd,
    startedAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
