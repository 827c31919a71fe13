import { and, eq, sql } from 'drizzle-orm';
import type { UpdateAvatar } from '#contract/avatar.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { type Avatar, toAvatar } from './avatars.ts';

/** Where an avatar was to go is missing or somebody else's. */
export const PROJECT_CONSTRAINT = 'avatars_project';

const mine = (accountId: string, id: string) => and(eq(avatars.id, id), eq(avatars.accountId, accountId));

/**
 * Changes what is named and clears what is null. Fields are merged where the row is locked, so two changes of different fields
 * at once both stay.
 */
export async function updateAvatar(
  database: Database,
  accountId: string,
  id: string,
  { name, persona, attributes }: UpdateAvatar,
): Promise<Avatar | undefined> {
  const [row] = await retrying(() =>
    database.db
      .update(avatars)
      .set({
        ...(name !== undefined && { name }),
        ...(persona !== undefined && { persona: merged('persona', persona) }),
        ...(attributes !== undefined && { attributes: merged('attributes', attributes) }),
        // What is filtered by stands in a column of its own.
        ...(attributes !== undefined && (attributes === null || attributes.style !== undefined)
          ? { style: attributes?.style ?? null }
          : {}),
        updatedAt: sql`now()`,
      })
      .where(mine(accountId, id))
      .returning(),
  );
  return row && toAvatar(row);
}

function merged(column: 'persona' | 'attributes', change: object | null) {
  if (change === null) return sql`'{}'::jsonb`;
  return sql`jsonb_strip_nulls(${avatars[column]} || ${JSON.stringify(change)}::jsonb)`;
}

/** Into the trash; one that is there stays as it is. @returns false when there is no such avatar */
export async function trashAvatar(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await retrying(() =>
    database.db
      .update(avatars)
      .set({ trashedAt: sql`coalesce(${avatars.trashedAt}, now())` })
      .where(mine(accountId, id))
      .returning({ id: avatars.id }),
  );
  return rows.length === 1;
}

/**
 * Out of the trash.
 * @param projectId where to; left out, where it was
 * @returns undefined when the avatar or the project is missing or somebody else's
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
        .where(mine(accountId, id))
        .returning(),
    );
    return row && toAvatar(row);
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return undefined;
    throw error;
  }
}

/** For good; what it cost stays spent, its objects belong to nobody now. @returns false when there is no such avatar */
export async function deleteAvatar(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await retrying(() =>
    database.db.delete(avatars).where(mine(accountId, id)).returning({ id: avatars.id }),
  );
  return rows.length === 1;
}

/**
 * Deletes for good what has lain in the trash too long, the longest first. One that is being restored at this moment is left.
 * @returns whose they were, one entry an account, and how many
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
