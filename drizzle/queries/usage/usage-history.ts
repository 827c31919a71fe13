import { and, desc, eq, getTableColumns, sql } from '../../orm.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { olderThan } from '../keyset.ts';
import { countOf, countRows, type Page, pageOf, type PageRequest, totalOfPage } from '../page.ts';
import { usageHistory } from '#drizzle/schema/usage-history.ts';
import { retrying } from '#drizzle/connection/transient.ts';

export interface NewUse {
  /** Chosen by the caller: the same id is the same use. */
  readonly id: string;
  readonly accountId: string;
  readonly avatarId: string;
  readonly appId: string;
  readonly appName: string;
  readonly action: string;
  readonly referenceId: string | null;
  readonly referenceType: string | null;
  /** JSON text of an object, which keeps numbers that JavaScript's don't. */
  readonly metadata: string;
}

/** One use of an avatar by an app. */
export interface Use extends NewUse {
  readonly createdAt: Date;
}

export interface TrackUsageOutcome {
  /** False if the id existed: the use was counted before. */
  readonly created: boolean;
  /** False if the recorded metadata differs. */
  readonly isSameMetadata: boolean;
  readonly use: Use;
  /** Of the avatar, currently. */
  readonly usageCount: number;
  readonly lastUsedAt: Date;
}

interface Row extends Use {
  readonly usageCount: number;
  readonly lastUsedAt: Date | null;
}

const USE_COLUMNS = `u.id, u.account_id AS "accountId", u.avatar_id AS "avatarId", u.app_id AS "appId", u.app_name AS "appName", u.action,
  u.reference_id AS "referenceId", u.reference_type AS "referenceType", u.metadata::text AS metadata, u.created_at AS "createdAt"`;

/**
 * Records a use and counts it, in one statement; triggers add it to the roll-up in the same transaction. The avatar's row is locked
 * first, so that concurrent uses of one avatar are counted one after the other.
 * @returns undefined if the account has no such avatar
 */
export async function recordUse(database: Database, use: NewUse): Promise<TrackUsageOutcome | undefined> {
  const [written] = await database.call<Row>(
    'usage.record',
    `WITH avatar AS (
       SELECT id, account_id, project_id FROM avatars WHERE id = $2 AND account_id = $3 FOR NO KEY UPDATE),
     u AS (
       INSERT INTO avatar_usage_history (id, account_id, avatar_id, project_id, app_id, app_name, action, reference_id, reference_type, metadata)
         SELECT $1, m.account_id, m.id, m.project_id, $4, $5, $6, $7, $8, $9 FROM avatar m
         ON CONFLICT (id) DO NOTHING RETURNING *),
     counted AS (
       UPDATE avatars a SET usage_count = a.usage_count + 1, last_used_at = greatest(a.last_used_at, u.created_at)
         FROM u WHERE a.id = u.avatar_id RETURNING a.usage_count, a.last_used_at)
     SELECT ${USE_COLUMNS}, c.usage_count AS "usageCount", c.last_used_at AS "lastUsedAt" FROM u, counted c`,
    [
      use.id,
      use.avatarId,
      use.accountId,
      use.appId,
      use.appName,
      use.action,
      use.referenceId,
      use.referenceType,
      use.metadata,
    ],
  );
  if (written) return toOutcome({ ...written, isSameMetadata: true }, true);
  // Nothing was inserted: there is no such avatar, or this use was recorded before, which a later statement sees.
  const [known] = await database.call<Row & { readonly isSameMetadata: boolean }>(
    'usage.recorded',
    `SELECT ${USE_COLUMNS}, a.usage_count AS "usageCount", a.last_used_at AS "lastUsedAt",
       u.metadata = $3::jsonb AS "isSameMetadata"
     FROM avatar_usage_history u JOIN avatars a ON a.id = u.avatar_id WHERE u.id = $1 AND u.account_id = $2`,
    [use.id, use.accountId, use.metadata],
  );
  return known && toOutcome(known, false);
}

function toOutcome(
  { usageCount, lastUsedAt, isSameMetadata, ...use }: Row & { readonly isSameMetadata: boolean },
  created: boolean,
): TrackUsageOutcome {
  return { created, isSameMetadata, use, usageCount, lastUsedAt: lastUsedAt ?? use.createdAt };
}

/** The uses of an account's avatar, newest first. */
export async function listUses(
  database: Database,
  { accountId, avatarId }: { readonly accountId: string; readonly avatarId: string },
  page: PageRequest,
): Promise<Page<Use>> {
  const wanted = and(eq(usageHistory.avatarId, avatarId), eq(usageHistory.accountId, accountId));
  const rows = await retrying(() =>
    database.db
      .select({
        ...getTableColumns(usageHistory),
        metadata: sql<string>`${usageHistory.metadata}::text`,
        counted: countOf(usageHistory, wanted),
      })
      .from(usageHistory)
      .where(and(wanted, olderThan(usageHistory.createdAt, usageHistory.id, page.after)))
      .orderBy(desc(usageHistory.createdAt), desc(usageHistory.id))
      .limit(page.limit + 1)
      .prepare(`usage.list.${page.after ? 'after' : 'first'}`)
      .execute(),
  );
  const total = await totalOfPage(rows, page, () => countRows(database, usageHistory, wanted));
  const uses = rows.map(({ counted: _counted, ...use }) => use);
  return pageOf(uses, page.limit, total);
}
