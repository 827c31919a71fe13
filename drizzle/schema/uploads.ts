import { check, index, integer, pgTable, sql, text, uuid } from '../orm.ts';
import { accounts } from './accounts.ts';
import { between, oneOf, sha256Hex, textLength } from './checks.ts';
import { createdAt, moment, newId, newestFirst } from './columns.ts';

const TABLE = 'uploads';
const MIME_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** Private reference images, which expire. */
export const uploads = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    object: text('object').notNull().unique('uploads_object_key'),
    mimeType: text('mime_type', { enum: MIME_TYPES }).notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    sha256: text('sha256').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf(TABLE, 'mime_type', MIME_TYPES),
    textLength(TABLE, 'object', 1, 300),
    between(TABLE, 'width', 1, 16_384),
    between(TABLE, 'height', 1, 16_384),
    check(`${TABLE}_bytes`, sql`bytes > 0`),
    sha256Hex(TABLE, 'sha256'),
    index(`${TABLE}_list`).on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index(`${TABLE}_expiry`).on(table.expiresAt),
  ],
);
