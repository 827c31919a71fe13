import { boolean, index, pgTable, text, unique, uuid } from '../orm.ts';
import { accounts } from './accounts.ts';
import { avatars } from './avatars.ts';
import { sha256Hex } from './checks.ts';
import { createdAt, moment, newestFirst, newId } from './columns.ts';

const TABLE = 'avatar_shares';

/** Links that show one avatar to whoever has them, until they expire. A revoked one is deleted; its token is stored nowhere. */
export const avatarShares = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    avatarId: uuid('avatar_id')
      .notNull()
      .references(() => avatars.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token: its 192 random bits need no salt. */
    digest: text('digest').notNull(),
    /** Whether visitors see the avatar's name. */
    showsName: boolean('shows_name').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    sha256Hex(TABLE, 'digest'),
    unique(`${TABLE}_digest_key`).on(table.digest),
    index(`${TABLE}_avatar`).on(table.avatarId, newestFirst(table.createdAt), newestFirst(table.id)),
    index(`${TABLE}_account`).on(table.accountId),
    index(`${TABLE}_end`).on(table.expiresAt),
  ],
);
