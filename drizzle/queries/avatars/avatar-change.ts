import { and, eq, type PgColumn, sql } from '../../orm.ts';
import type { UpdateAvatar } from '#contract/avatar.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { DocumentKind } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { type Avatar, AVATAR_COLUMNS, toAvatar } from './avatars.ts';

/** Violated when the target project is missing or belongs to another account. */
export const PROJECT_CONSTRAINT = 'avatars_project';

const ownAvatar = (accountId: string, id: string) => and(eq(avatars.id, id), eq(avatars.accountId, accountId));

/**
 * Updates the given fields and clears those that are null. Fields are merged while the row is locked, so that concurrent updates of
 * different fields both stay.
 * @returns undefined if the avatar is missing or belongs to another account
 */
export async function updateAvatar(
  database: Database,
  accountId: string,
  id: string,
  { name, persona, attributes, favorite, rating }: UpdateAvatar,
): Promise<Avatar | undefined> {
  const [row] = await retrying(() =>
    database.db
      .update(avatars)
      .set({
        ...(name !== undefined && { name }),
        ...(favorite !== undefined && { favorite }),
        ...(rating !== undefined && { rating }),
        ...(persona !== undefined && { persona: merged(avatars.persona, DOCUMENTS.persona, persona) }),
        ...(attributes !== undefined && { attributes: merged(avatars.attributes, DOCUMENTS.attributes, attributes) }),
        // The style has a column of its own, for the filter.
        ...(attributes !== undefined && (attributes === null || attributes.style !== undefined)
          ? { style: attributes?.style ?? null }
          : {}),
        updatedAt: sql`now()`,
      })
      .where(ownAvatar(accountId, id))
      .returning(AVATAR_COLUMNS),
  );
  return row && toAvatar(row);
}

/** SQL can't upcast, so the compiler refuses a kind that has a second version: read, merge and compare-and-set it instead. */
function merged<Value>(column: PgColumn, _: DocumentKind<Value, readonly []>, change: object | null) {
  if (change === null) return sql`'{}'::jsonb`;
  return sql`jsonb_strip_nulls(${column} || ${JSON.stringify(change)}::jsonb)`;
}

/** Moves an avatar to the trash. Idempotent. @returns false if the account has no such avatar */
export async function trashAvatar(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await retrying(() =>
    database.db
      .update(avatars)
      .set({ trashedAt: sql`coalesce(${avatars.trashedAt}, now())` })
      .where(ownAvatar(accountId, id))
      .returning({ id: avatars.id }),
  );
  return rows.length === 1;
}

/**
 * Restores an avatar from the trash.
 * @param projectId the target project; by default, the avatar's own
 * @returns undefined if the avatar or the project is missing or belongs to another account
 */
export async function restoreAvatar(
  database: Database,
  accountId: string,
  id: string,
  projectId: string | undefined,
): Promise<Avatar | undefined> {
  try {
    const [row] = await retrying(() =>
      database.db
        .update(avatars)
        .set({ trashedAt: null, ...(projectId !== undefined && { projectId }) })
        .where(ownAvatar(accountId, id))
        .returning(AVATAR_COLUMNS),
    );
    return row && toAvatar(row);
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return undefined;
    throw error;
  }
}

/** Deletes an avatar permanently, without a refund. The sweep removes its objects. @returns false if the account has no such avatar */
export async function deleteAvatar(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await retrying(() =>
    database.db.delete(avatars).where(ownAvatar(accountId, id)).returning({ id: avatars.id }),
  );
  return rows.length === 1;
}

/**
 * Permanently deletes avatars that were trashed more than `olderThanDays` ago, oldest first. Skips one that is being restored.
 * @returns their accounts, without duplicates, and the number of avatars
 */
export async function purgeTrash(
  database: Database,
  { olderThanDays, limit }: { readonly olderThanDays: number; readonly limit: number },
): Promise<{ readonly accountIds: string[]; readonly count: number }> {
  const rows = await database.call<{ account_id: string }>(
    'avatars.purge',
    `DELETE FROM avatars WHERE id IN (
       SELECT id FROM avatars WHERE trashed_at < now() - $1 * interval '1 day' ORDER BY trashed_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING account_id`,
    [olderThanDays, limit],
  );
  return { accountIds: [...new Set(rows.map((row) => row.account_id))], count: rows.length };
}
