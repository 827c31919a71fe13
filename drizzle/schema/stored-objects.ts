import { bigint, check, index, pgTable, sql, text, uuid } from '../orm.ts';
import { OBJECT_KINDS } from '#domain/generation/stored-object.ts';
import { oneOf, textLength } from './checks.ts';
import { createdAt } from './columns.ts';

/**
 * Objects in the bucket and their accounts. Inserted before the bytes are written, so that the sweep finds whatever a crash left
 * behind. No foreign key to accounts: a row stays until the bytes are removed and no late write can arrive.
 */
export const storedObjects = pgTable(
  'stored_objects',
  {
    name: text('name').primaryKey(),
    accountId: uuid('account_id').notNull(),
    kind: text('kind', { enum: OBJECT_KINDS }).notNull(),
    /** 0 in a tombstone: the bytes were removed, but a late write may still arrive. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    generationId: uuid('generation_id'),
    /**
     * The avatar that has it, or is going to: no foreign key, since an object is registered first. Triggers clear it when the avatar is
     * deleted, and when the generation ends without one.
     */
    avatarId: uuid('avatar_id'),
    /** When a write was last registered. */
    createdAt: createdAt(),
  },
  (table) => [
    oneOf('stored_objects', 'kind', OBJECT_KINDS),
    textLength('stored_objects', 'name', 1, 300),
    check('stored_objects_bytes', sql`bytes >= 0`),
    // The order in which the bucket lists its objects, so that both can be compared page by page.
    index('stored_objects_inventory').on(sql`name COLLATE "C"`),
    index('stored_objects_account').on(table.accountId, table.bytes),
    index('stored_objects_avatar').on(table.avatarId),
    index('stored_objects_generation').on(table.generationId),
    index('stored_objects_orphaned')
      .on(table.createdAt)
      .where(sql`avatar_id IS NULL`),
  ],
);
