import { and, desc, eq, getTableColumns, getTableName, type PgTable } from '../../orm.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { olderThan } from '../keyset.ts';
import type { Cursor } from '../page.ts';
import { avatarReports } from '#drizzle/schema/avatar-reports.ts';
import { apiKeys } from '#drizzle/schema/api-keys.ts';
import { avatarShares } from '#drizzle/schema/avatar-shares.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { batches } from '#drizzle/schema/batches.ts';
import { creditTransfers } from '#drizzle/schema/credit-transfers.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { moderationObjections } from '#drizzle/schema/moderation-objections.ts';
import { notifications } from '#drizzle/schema/notifications.ts';
import { presets } from '#drizzle/schema/presets.ts';
import { projects } from '#drizzle/schema/projects.ts';
import { uploads } from '#drizzle/schema/uploads.ts';
import { usageHistory } from '#drizzle/schema/usage-history.ts';
import { webhookDeliveries, webhooks } from '#drizzle/schema/webhooks.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Avatar, AVATAR_COLUMNS, toAvatar } from '../avatars/avatars.ts';

interface Section {
  readonly table: PgTable;
  /** Columns that mean nothing to the user, or are secret. */
  readonly hidden?: readonly string[];
}

/** The lists of an export, besides profile and avatars. Each table has an id, a creation time and an account. */
export const EXPORTED_LISTS = {
  projects: { table: projects },
  batches: { table: batches, hidden: ['request_hash'] },
  generations: { table: generations, hidden: ['request_hash'] },
  transfers: { table: creditTransfers, hidden: ['parent_kind'] },
  presets: { table: presets, hidden: ['request_hash', 'preview_object', 'position'] },
  usage: { table: usageHistory },
  notifications: { table: notifications },
  uploads: { table: uploads, hidden: ['object', 'request_hash'] },
  objections: { table: moderationObjections, hidden: ['digest'] },
  reports: { table: avatarReports },
  shares: { table: avatarShares, hidden: ['digest'] },
  'api-keys': { table: apiKeys, hidden: ['digest'] },
  webhooks: { table: webhooks, hidden: ['secret', 'old_secret'] },
  'webhook-deliveries': { table: webhookDeliveries },
} as const satisfies Record<string, Section>;
export type ExportedList = keyof typeof EXPORTED_LISTS;

/** Rows in memory at once. */
const PAGE = 200;

/** An account's rows of one list, newest first, read page by page. Keys are in camel case, as in the API. */
export async function* exportRows(
  database: Database,
  accountId: string,
  list: ExportedList,
): AsyncGenerator<Record<string, unknown>> {
  const { table, hidden = [] }: Section = EXPORTED_LISTS[list];
  const omitted = ['account_id', ...hidden].map((column) => `'${column}'`).join(', ');
  for (let after: Cursor | undefined; ;) {
    const rows = await database.call<{ row: Record<string, unknown>; created_at: Date; id: string }>(
      `export.${list}${after ? '.after' : ''}`,
      `SELECT to_jsonb(t) - ARRAY[${omitted}] AS row, t.created_at, t.id FROM ${getTableName(table)} t WHERE t.account_id = $1
       ${after ? 'AND (t.created_at, t.id) < ($2::timestamptz, $3::uuid)' : ''} ORDER BY t.created_at DESC, t.id DESC LIMIT ${PAGE}`,
      after ? [accountId, after.createdAt.toISOString(), after.id] : [accountId],
    );
    for (const { row } of rows) yield inCamelCase(withDocuments(table, row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { createdAt: last.created_at, id: last.id };
  }
}

/** All avatars of an account, including those in the trash. */
export async function* exportAvatars(database: Database, accountId: string): AsyncGenerator<Avatar> {
  for (let after: Cursor | undefined; ;) {
    const rows = await retrying(() =>
      database.db
        .select(AVATAR_COLUMNS)
        .from(avatars)
        .where(and(eq(avatars.accountId, accountId), olderThan(avatars.createdAt, avatars.id, after)))
        .orderBy(desc(avatars.createdAt), desc(avatars.id))
        .limit(PAGE),
    );
    for (const row of rows) yield toAvatar(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { createdAt: last.createdAt, id: last.id };
  }
}

/** Uploads that have not expired. */
export async function listUploadObjects(
  database: Database,
  accountId: string,
): Promise<{ id: string; object: string; mimeType: string; createdAt: Date }[]> {
  return database.call(
    'export.uploadObjects',
    `SELECT id, object, mime_type AS "mimeType", created_at AS "createdAt" FROM uploads
     WHERE account_id = $1 AND expires_at > now() ORDER BY created_at DESC, id DESC LIMIT ${PAGE}`,
    [accountId],
  );
}

/** Raw rows contain documents in the version in which they are stored. */
function withDocuments(table: PgTable, row: Record<string, unknown>): Record<string, unknown> {
  const documents = Object.values(getTableColumns(table))
    .filter((column) => column.getSQLType() === 'jsonb' && row[column.name] != null)
    .map((column) => [column.name, column.mapFromDriverValue(row[column.name])]);
  return { ...row, ...Object.fromEntries(documents) };
}

function inCamelCase(row: Record<string, unknown>): Record<string, unknown> {
  const camel = (key: string) => key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [camel(key), value]));
}
