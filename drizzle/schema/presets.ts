import { check, index, integer, pgTable, sql, text, uuid } from '../orm.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { accounts } from './accounts.ts';
import { avatars } from './avatars.ts';
import { sha256Hex, textLength, typedTextLength } from './checks.ts';
import { createdAt, document, moment, newId, newestFirst } from './columns.ts';
import { attributesShape, personaShape } from './avatar-shapes.ts';

const TABLE = 'avatar_presets';

/** Presets: public ones have no account, own ones have one. */
export const presets = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    category: text('category').notNull(),
    name: text('name').notNull(),
    prompt: text('prompt').notNull(),
    personaTemplate: document('persona_template', DOCUMENTS.persona).notNull().default({}),
    attributes: document('attributes', DOCUMENTS.attributes).notNull().default({}),
    previewObject: text('preview_object'),
    /** Saved from this avatar, whose thumbnail is the preview as long as the avatar exists. */
    avatarId: uuid('avatar_id').references(() => avatars.id, { onDelete: 'set null' }),
    /** Hash of the request that created it, to recognize a replay; null for public presets. */
    requestHash: text('request_hash'),
    usageCount: integer('usage_count').notNull().default(0),
    /** Position in the gallery. */
    position: integer('position').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    typedTextLength(TABLE, 'category', 1, 60),
    typedTextLength(TABLE, 'name', 1, 100),
    typedTextLength(TABLE, 'prompt', 1, 1000),
    textLength(TABLE, 'preview_object', 1, 300),
    sha256Hex(TABLE, 'request_hash'),
    check(`${TABLE}_usage_count`, sql`usage_count >= 0`),
    personaShape(TABLE, 'persona_template'),
    attributesShape(TABLE, 'attributes'),
    index(`${TABLE}_gallery`)
      .on(table.position, table.id)
      .where(sql`account_id IS NULL`),
    index(`${TABLE}_own`).on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index(`${TABLE}_avatar`).on(table.avatarId),
  ],
);
