import type { BulkAvatars } from '#contract/avatar.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { serverError } from '#drizzle/connection/transient.ts';
import { PROJECT_CONSTRAINT } from './avatar-change.ts';

/** Locked in one order, so that acts at once wait for each other instead of killing each other. */
const ALL_OR_NONE = `
  WITH found AS MATERIALIZED (SELECT id FROM avatars WHERE id = ANY ($2::uuid[]) AND account_id = $1 ORDER BY id FOR UPDATE),
  whole AS (SELECT count(*) = cardinality($2::uuid[]) AS complete FROM found)`;
const WHICH = 'FROM found f, whole w WHERE a.id = f.id AND w.complete';

/** By action: what happens to each, and whether that is a change. */
const STATEMENTS = {
  move: `${ALL_OR_NONE} UPDATE avatars a SET project_id = $3, updated_at = now() ${WHICH} RETURNING old.project_id <> $3 AS changed`,
  trash: `${ALL_OR_NONE} UPDATE avatars a SET trashed_at = coalesce(a.trashed_at, now()) ${WHICH} RETURNING old.trashed_at IS NULL AS changed`,
  restore: `${ALL_OR_NONE} UPDATE avatars a SET trashed_at = NULL, project_id = coalesce($3::uuid, a.project_id) ${WHICH}
    RETURNING old.trashed_at IS NOT NULL OR old.project_id <> new.project_id AS changed`,
  delete: `${ALL_OR_NONE} DELETE FROM avatars a USING found f, whole w WHERE a.id = f.id AND w.complete RETURNING true AS changed`,
} as const;

/**
 * The same act on many avatars in one statement.
 * @returns how many changed by it; undefined, and nothing is done, when one of them or the project is missing or somebody else's
 */
export async function changeAvatars(
  database: Database,
  accountId: string,
  order: BulkAvatars,
): Promise<number | undefined> {
  const { action, ids } = order;
  const where = action === 'move' || action === 'restore' ? [order.projectId ?? null] : [];
  try {
    const rows = await database.call<{ changed: boolean }>(`avatars.${action}`, STATEMENTS[action], [
      accountId,
      ids,
      ...where,
    ]);
    return rows.length === ids.length ? rows.filter(({ changed }) => changed).length : undefined;
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return undefined;
    throw error;
  }
}
