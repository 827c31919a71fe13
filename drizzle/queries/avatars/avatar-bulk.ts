import type { BulkAvatars, UpdateAvatars } from '#contract/bulk-avatars.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { DocumentKind } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
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

/** SQL can't upcast, so the compiler refuses a kind that has a second version, as in avatar-change.ts. */
function merged<Value>(_: DocumentKind<Value, readonly []>, column: string, change: string): string {
  return `jsonb_strip_nulls(${column} || coalesce(${change}, '{}'))`;
}

const UPDATE = `
  WITH change AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS c (id uuid, name text, favorite boolean, attributes jsonb)),
  found AS MATERIALIZED (
    SELECT a.id FROM avatars a WHERE a.id IN (SELECT c.id FROM change c) AND a.account_id = $1 ORDER BY a.id FOR UPDATE),
  whole AS (SELECT count(*) = (SELECT count(*) FROM change) AS complete FROM found)
  UPDATE avatars a SET name = coalesce(c.name, a.name), favorite = coalesce(c.favorite, a.favorite), updated_at = now(),
    attributes = ${merged(DOCUMENTS.attributes, 'a.attributes', 'c.attributes')},
    style = CASE WHEN c.attributes ? 'style' THEN c.attributes->>'style' ELSE a.style END
  FROM change c, found f, whole w WHERE a.id = f.id AND c.id = a.id AND w.complete
  RETURNING (old.name, old.favorite, old.attributes, old.style)
    IS DISTINCT FROM (new.name, new.favorite, new.attributes, new.style) AS changed`;

/**
 * Gives each avatar its changes in one statement, all or nothing. Fields are merged while the rows are locked, as by a single update.
 * @returns how many differed before; undefined if an avatar is missing or belongs to another account
 */
export async function updateAvatars(
  database: Database,
  accountId: string,
  changes: UpdateAvatars['changes'],
): Promise<number | undefined> {
  const rows = await database.call<{ changed: boolean }>('avatars.update_many', UPDATE, [
    accountId,
    JSON.stringify(changes),
  ]);
  return rows.length === changes.length ? rows.filter(({ changed }) => changed).length : undefined;
}
