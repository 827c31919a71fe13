import { and, asc, eq, type SQL, sql } from '../../orm.ts';
import type { ImageCheckOutcome } from '#domain/moderation/review.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { writeDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { step } from '#drizzle/ledger/step.ts';
import { countRows, type Cursor, type Page, pageOf, type PageRequest } from '../page.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { imageChecks } from '#drizzle/schema/image-checks.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** An avatar in the moderation queue: its image is hidden until an admin decides. */
export interface InReview {
  readonly id: string;
  readonly accountId: string;
  readonly generationId: string;
  readonly name: string;
  readonly sourceType: SourceType;
  readonly prompt: string | null;
  readonly provider: ProviderName | null;
  readonly model: string | null;
  readonly imageObject: string;
  readonly thumbnailObject: string;
  readonly scores: Record<string, number>;
  readonly createdAt: Date;
}

/** Stores the outcome of a generation's image check; the check of a later image replaces it. */
export async function recordImageCheck(
  database: Database,
  check: {
    readonly generationId: string;
    readonly outcome: ImageCheckOutcome;
    readonly scores: Readonly<Record<string, number>>;
  },
): Promise<void> {
  await database.call(
    'moderation.recordImageCheck',
    `INSERT INTO image_checks (generation_id, outcome, scores) VALUES ($1, $2, $3)
     ON CONFLICT (generation_id) DO UPDATE SET outcome = excluded.outcome, scores = excluded.scores, created_at = now()`,
    [check.generationId, check.outcome, JSON.stringify(writeDocument(DOCUMENTS.scores, check.scores))],
  );
}

/** Avatars of all accounts that need review, oldest first. */
export async function listReviewQueue(database: Database, page: PageRequest): Promise<Page<InReview>> {
  const waiting = sql`${avatars.review} = 'needs_review'`;
  const rows = await retrying(() =>
    database.db
      .select({
        id: avatars.id,
        accountId: avatars.accountId,
        generationId: avatars.generationId,
        name: avatars.name,
        sourceType: avatars.sourceType,
        prompt: avatars.prompt,
        provider: avatars.provider,
        model: avatars.model,
        imageObject: avatars.imageObject,
        thumbnailObject: avatars.thumbnailObject,
        scores: imageChecks.scores,
        createdAt: avatars.createdAt,
      })
      .from(avatars)
      .leftJoin(imageChecks, eq(imageChecks.generationId, avatars.generationId))
      .where(and(waiting, youngerThan(page.after)))
      .orderBy(asc(avatars.createdAt), asc(avatars.id))
      .limit(page.limit + 1),
  );
  const total = await countRows(database, avatars, waiting);
  return pageOf(
    rows.map((row) => ({ ...row, scores: row.scores ?? {} })),
    page.limit,
    total,
  );
}

function youngerThan(after: Cursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return sql`(${avatars.createdAt}, ${avatars.id}) > (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
}

/** `replayed`: it was approved before. `not_waiting`: it did not need review. */
export type ApproveOutcome = 'approved' | 'replayed' | 'not_waiting' | 'unknown';

/** Approves an avatar: shows it and notifies the user. */
export async function approveAvatar(database: Database, avatarId: string): Promise<ApproveOutcome> {
  const { outcome } = await step<{ outcome: ApproveOutcome }>(
    database,
    'moderation.approve',
    'SELECT outcome FROM approve_avatar($1)',
    [avatarId],
  );
  return outcome;
}

export type RejectOutcome =
  /** Removed, now or before. `creditsReturned`: the refunded credits; 0 if the user had deleted the avatar. */
  | {
      readonly kind: 'removed';
      readonly replay: boolean;
      readonly generationId: string;
      readonly accountId: string;
      readonly creditsReturned: number;
    }
  | { readonly kind: 'unknown' };

/**
 * Rejects an avatar: deletes it, refunds its price and notifies the user, in one transaction. The sweep removes its objects.
 * @param reason stored on the refund's transfer, 1 to 255 characters
 */
export async function rejectAvatar(database: Database, avatarId: string, reason: string): Promise<RejectOutcome> {
  const row = await step<{ outcome: string; generationId: string; accountId: string; amount: string | null }>(
    database,
    'moderation.reject',
    `SELECT outcome, generation_id AS "generationId", account_id AS "accountId", amount FROM reject_avatar($1, $2)`,
    [avatarId, reason],
  );
  if (row.outcome === 'unknown') return { kind: 'unknown' };
  const { generationId, accountId } = row;
  const creditsReturned = Number(row.amount ?? 0);
  return { kind: 'removed', replay: row.outcome === 'gone', generationId, accountId, creditsReturned };
}
