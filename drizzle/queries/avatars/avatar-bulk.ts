import type { BulkAvatars } from '#contract/avatar.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { serverError } from '#drizzle/connection/transient.ts';
import { PROJECT_CONSTRAINT } from './avatar-change.ts';

/** Rows are locked in the order of their ids, so that concurrent actions wait for each other instead of deadlocking. */
const ALL_OR_NONE = `
  WITH found AS MATERIALIZED (SELECT id FROM avatars WHERE id = ANY ($2::uuid[]) AND account_id = $1 ORDER BY id FOR UPDATE),
  whole AS (SELECT count(*) = cardinality($2::uuid[]) AS complete FROM found)`;
const FROM_ALL = 'FROM found f, whole w WHERE a.id = f.id AND w.complete';

/** The statement of each action; `changed` tells whether the action changed the row. */
const STATEMENTS = {
  move: `${ALL_OR_NONE} UPDATE avatars a SET project_id = $3, updated_at = now() ${FROM_ALL} RETURNING old.project_id <> $3 AS changed`,
  trash: `${ALL_OR_NONE} UPDATE avatars a SET trashed_at = coalesce(a.trashed_at, now()) ${FROM_ALL} RETURNING old.trashed_at IS NULL AS changed`,
  restore: `${ALL_OR_NONE} UPDATE avatars a SET trashed_at = NULL, project_id = coalesce($3::uuid, a.project_id) ${FROM_ALL}
    RETURNING old.trashed_at IS NOT NULL OR old.project_id <> new.project_id AS changed`,
  delete: `${ALL_OR_NONE} DELETE FROM avatars a USING found f, whole w WHERE a.id = f.id AND w.complete RETURNING true AS changed`,
} as const;

/**
 * Applies one action to many avatars in one statement, all or nothing.
 * @returns how many were changed; undefined if an avatar or the project is missing or belongs to another account
 */
export async function changeAvatars(
  database: Database,
  accountId: string,
  body: BulkAvatars,
): Promise<number | undefined> {
  const { action, ids } = body;
  const projectIds = action === 'move' || action === 'restore' ? [body.projectId ?? null] : [];
  try {
    const rows = await database.call<{ changed: boolean }>(`avatars.${action}`, STATEMENTS[action], [
      accountId,
      ids,
      ...projectIds,
    ]);
    return rows.length === ids.length ? rows.filter(({ changed }) => changed).length : undefined;
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return undefined;
    throw error;
  }
}
