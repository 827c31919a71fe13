import { and, asc, eq, gt, isNull, or } from '../../orm.ts';
import { REPORT_LIMITS, type ReportKind } from '#domain/moderation/report.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { step } from '#drizzle/ledger/step.ts';
import { avatarReports } from '#drizzle/schema/avatar-reports.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { countRows, type Page, pageOf, type PageRequest } from '../page.ts';

export interface NewReport {
  readonly reporterId: string;
  readonly avatarId: string;
  readonly kind: ReportKind;
  readonly statement: string;
}

/**
 * Stores a report, once per reporter, avatar and kind; nothing for an avatar that does not exist.
 * @returns false if the reporter has too many undecided reports
 */
export async function addReport(
  database: Database,
  { reporterId, avatarId, kind, statement }: NewReport,
): Promise<boolean> {
  const [row] = await database.call<{ accepted: boolean }>(
    'reports.add',
    'SELECT add_report($1, $2, $3, $4, $5) AS accepted',
    [reporterId, avatarId, kind, statement, REPORT_LIMITS.openMax],
  );
  return row?.accepted === true;
}

/** Undecided reports of all avatars, oldest first. */
export async function listOpenReports(database: Database, { limit, after }: PageRequest) {
  const { createdAt, id, decision } = avatarReports;
  const open = isNull(decision);
  const younger = after && or(gt(createdAt, after.createdAt), and(eq(createdAt, after.createdAt), gt(id, after.id)));
  const rows = await retrying(() =>
    database.db
      .select({
        id,
        reporterId: avatarReports.accountId,
        kind: avatarReports.kind,
        statement: avatarReports.statement,
        createdAt,
        avatarId: avatars.id,
        accountId: avatars.accountId,
        generationId: avatars.generationId,
        name: avatars.name,
        imageObject: avatars.imageObject,
      })
      .from(avatarReports)
      .innerJoin(avatars, eq(avatars.id, avatarReports.avatarId))
      .where(and(open, younger))
      .orderBy(asc(createdAt), asc(id))
      .limit(limit + 1),
  );
  const total = await countRows(database, avatarReports, open);
  return pageOf(rows, limit, total);
}

/** @returns false for a missing report; one that was decided before is not changed */
export async function dismissReport(database: Database, id: string): Promise<boolean> {
  const [row] = await database.call<{ found: boolean }>(
    'reports.dismiss',
    `WITH dismissed AS (UPDATE avatar_reports SET decision = 'dismissed', decided_at = now() WHERE id = $1 AND decision IS NULL)
     SELECT EXISTS (SELECT FROM avatar_reports WHERE id = $1) AS found`,
    [id],
  );
  return row?.found === true;
}

/** Hides an avatar from everybody but admins; idempotent. @param reason told to its user. @returns false for a missing avatar */
export async function takedownAvatar(database: Database, avatarId: string, reason: string): Promise<boolean> {
  const { outcome } = await step<{ outcome: 'taken_down' | 'replayed' | 'unknown' }>(
    database,
    'reports.takedown',
    'SELECT outcome FROM takedown_avatar($1, $2)',
    [avatarId, reason],
  );
  return outcome !== 'unknown';
}

/** `replayed`: it was restored before. */
export type RestoreOutcome = 'restored' | 'replayed' | 'not_taken_down' | 'unknown';

/** Shows an avatar again. */
export async function restoreTakenDownAvatar(database: Database, avatarId: string): Promise<RestoreOutcome> {
  const { outcome } = await step<{ outcome: RestoreOutcome }>(
    database,
    'reports.restore',
    'SELECT outcome FROM restore_taken_down_avatar($1)',
    [avatarId],
  );
  return outcome;
}

export type TakenDownAvatar = Page<{
  readonly id: string;
  readonly accountId: string;
  readonly generationId: string;
  readonly name: string;
  readonly reason: string | null;
  readonly imageObject: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}>;

/** Avatars that are taken down, oldest first. */
export async function listTakenDownAvatars(
  database: Database,
  { limit, after }: PageRequest,
): Promise<TakenDownAvatar> {
  const { createdAt, id } = avatars;
  const takenDown = eq(avatars.review, 'taken_down');
  const younger = after && or(gt(createdAt, after.createdAt), and(eq(createdAt, after.createdAt), gt(id, after.id)));
  const rows = await retrying(() =>
    database.db
      .select({
        id,
        accountId: avatars.accountId,
        generationId: avatars.generationId,
        name: avatars.name,
        reason: avatars.takedownReason,
        imageObject: avatars.imageObject,
        createdAt,
        updatedAt: avatars.updatedAt,
      })
      .from(avatars)
      .where(and(takenDown, younger))
      .orderBy(asc(createdAt), asc(id))
      .limit(limit + 1),
  );
  const total = await countRows(database, avatars, takenDown);
  return pageOf(rows, limit, total);
}
