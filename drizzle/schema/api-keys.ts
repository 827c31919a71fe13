import { index, pgTable, text, unique, uuid } from '../orm.ts';
import { accounts } from './accounts.ts';
import { sha256Hex, textLength, typedTextLength } from './checks.ts';
import { createdAt, moment, newestFirst, newId } from './columns.ts';

/** Keys of users' own programs. The key itself is stored nowhere. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The first characters of the key. */
    start: text('start').notNull(),
    /** SHA-256 of the key: its 190 random bits need no salt. */
    digest: text('digest').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    /** When a successor was created; null: never. */
    rotatedAt: moment('rotated_at'),
    /** To the minute. */
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    typedTextLength('api_keys', 'name', 1, 100),
    textLength('api_keys', 'start', 1, 20),
    sha256Hex('api_keys', 'digest'),
    unique('api_keys_digest_key').on(table.digest),
    index('api_keys_account').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
  ],
);
