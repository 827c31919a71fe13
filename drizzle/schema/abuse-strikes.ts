import { index, pgTable, primaryKey, text, uuid } from '../orm.ts';
import { STRIKES } from '#domain/moderation/abuse.ts';
import { accounts } from './accounts.ts';
import { oneOf, textLength } from './checks.ts';
import { moment, newestFirst } from './columns.ts';

/** An account's recent refusals, inserted in the transaction that refuses. domain/moderation/abuse.ts has the rules. */
export const abuseStrikes = pgTable(
  'abuse_strikes',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: STRIKES }).notNull(),
    /** The refused request; the members of one batch are one request. */
    cause: text('cause').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** Set by a delivered avatar or an allowed objection: it starts no cool-down any more, but admins still see it counted. */
    forgivenAt: moment('forgiven_at'),
  },
  (table) => [
    oneOf('abuse_strikes', 'kind', STRIKES),
    textLength('abuse_strikes', 'cause', 1, 100),
    primaryKey({ name: 'abuse_strikes_pkey', columns: [table.accountId, table.kind, table.cause] }),
    index('abuse_strikes_recent').on(table.accountId, table.kind, newestFirst(table.at)),
    index('abuse_strikes_all').on(newestFirst(table.at)),
  ],
);
