import { index, jsonb, pgTable, text, uuid } from '../orm.ts';
import { accounts } from './accounts.ts';
import { avatars } from './avatars.ts';
import { boundedObject, textLength, typedTextLength } from './checks.ts';
import { createdAt, newId, newestFirst } from './columns.ts';

const TABLE = 'avatar_usage_history';
/** Sixteen pairs of the contract's longest key and text, at four bytes per character. */
const METADATA_MAX_BYTES = 16_384;

/** Uses of avatars by the platform's apps. */
export const usageHistory = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    avatarId: uuid('avatar_id')
      .notNull()
      .references(() => avatars.id, { onDelete: 'cascade' }),
    /** The avatar's project when it was used. The avatar may have moved since, and the project may be deleted. */
    projectId: uuid('project_id').notNull(),
    appId: text('app_id').notNull(),
    appName: text('app_name').notNull(),
    action: text('action').notNull(),
    referenceId: text('reference_id'),
    referenceType: text('reference_type'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    textLength(TABLE, 'app_id', 1, 100),
    typedTextLength(TABLE, 'app_name', 1, 100),
    textLength(TABLE, 'action', 1, 100),
    textLength(TABLE, 'reference_id', 1, 200),
    textLength(TABLE, 'reference_type', 1, 100),
    boundedObject(TABLE, 'metadata', METADATA_MAX_BYTES),
    index(`${TABLE}_avatar`).on(table.avatarId, newestFirst(table.createdAt), newestFirst(table.id)),
    index(`${TABLE}_account`).on(table.accountId, newestFirst(table.createdAt), table.appId),
  ],
);
