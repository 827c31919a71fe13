import { and, eq, gt, isNull, notInArray, sql } from '../../orm.ts';
import { SHARES_MAX, type ShareDays } from '#domain/avatar/share.ts';
import { HIDDEN_STATES } from '#domain/moderation/review.ts';
import type { ReportKind } from '#domain/moderation/report.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { accounts } from '#drizzle/schema/accounts.ts';
import { avatarShares } from '#drizzle/schema/avatar-shares.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { type Avatar, toAvatar } from './avatars.ts';

/** A link to an avatar, without its token. */
export interface Share {
  readonly id: string;
  readonly showsName: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface NewShare {
  readonly accountId: string;
  readonly avatarId: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly digest: string;
  readonly showsName: boolean;
  readonly days: ShareDays;
}

export type ShareOutcome =
  | { readonly kind: 'shared'; readonly share: Share }
  /** The avatar has {@link SHARES_MAX}. */
  | { readonly kind: 'full' }
  /** The account has no such avatar that may be shown. */
  | { readonly kind: 'unknown' };

const COLUMNS = `s.id, s.shows_name AS "showsName", s.created_at AS "createdAt", s.expires_at AS "expiresAt"`;

/** Creates a link; deletes those of the avatar that have expired. */
export async function shareAvatar(database: Database, input: NewShare): Promise<ShareOutcome> {
  const { accountId, avatarId, digest, showsName, days } = input;
  const [row] = await database.call<Share & { readonly outcome: ShareOutcome['kind'] }>(
    'shares.create',
    `SELECT s.outcome, ${COLUMNS} FROM share_avatar($1, $2, $3, $4, $5, $6) s`,
    [accountId, avatarId, digest, showsName, days, SHARES_MAX],
  );
  const { outcome: kind, ...share } = row!;
  return kind === 'shared' ? { kind, share } : { kind };
}

/** The links to an account's avatar that have not expired, newest first. */
export async function listShares(database: Database, accountId: string, avatarId: string): Promise<Share[]> {
  return database.call<Share>(
    'shares.list',
    `SELECT ${COLUMNS} FROM avatar_shares s WHERE s.avatar_id = $1 AND s.account_id = $2 AND s.expires_at > now()
     ORDER BY s.created_at DESC NULLS FIRST, s.id DESC NULLS FIRST`,
    [avatarId, accountId],
  );
}

/** @returns false if the account has no such link */
export async function revokeShare(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await database.call(
    'shares.revoke',
    'DELETE FROM avatar_shares WHERE id = $1 AND account_id = $2 RETURNING id',
    [id, accountId],
  );
  return rows.length === 1;
}

/** @returns how many links that have ended were deleted, at most `limit` */
export async function deleteEndedShares(database: Database, limit: number): Promise<number> {
  const [row] = await database.call<{ deleted: number }>(
    'shares.deleteEnded',
    'SELECT delete_ended_shares($1)::float8 AS deleted',
    [limit],
  );
  return row?.deleted ?? 0;
}

/** What a link shows. */
export interface Shared {
  readonly avatar: Avatar;
  readonly showsName: boolean;
  readonly expiresAt: Date;
}

/**
 * @param digest SHA-256 of the token, hexadecimal
 * @returns undefined for a link that was revoked, has expired or never existed, and while its avatar or account is not to be seen
 */
export async function readShared(database: Database, digest: string): Promise<Shared | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select({ avatar: avatars, showsName: avatarShares.showsName, expiresAt: avatarShares.expiresAt })
      .from(avatarShares)
      .innerJoin(avatars, eq(avatars.id, avatarShares.avatarId))
      .innerJoin(accounts, eq(accounts.id, avatarShares.accountId))
      .where(
        and(
          eq(avatarShares.digest, digest),
          gt(avatarShares.expiresAt, sql`now()`),
          isNull(avatars.trashedAt),
          notInArray(avatars.review, [...HIDDEN_STATES]),
          isNull(accounts.blockedAt),
          isNull(accounts.erasedAt),
        ),
      ),
  );
  return row && { ...row, avatar: toAvatar(row.avatar) };
}

/** Stores a visitor's report, unless one of the same kind is undecided. */
export async function reportShared(
  database: Database,
  report: { readonly avatarId: string; readonly kind: ReportKind; readonly statement: string },
): Promise<void> {
  await database.call(
    'shares.report',
    `INSERT INTO avatar_reports (avatar_id, kind, statement) SELECT a.id, $2, $3 FROM avatars a WHERE a.id = $1
     ON CONFLICT (avatar_id, kind) WHERE account_id IS NULL AND decision IS NULL DO NOTHING`,
    [report.avatarId, report.kind, report.statement],
  );
}
