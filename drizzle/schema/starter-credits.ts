import { check, index, integer, pgTable, primaryKey, sql, text, uuid } from '../orm.ts';
import { SIGNAL_KINDS, WITHHELD_REASONS } from '#domain/account/starter-credits.ts';
import { accounts } from './accounts.ts';
import { oneOf, sha256Hex } from './checks.ts';
import { moment, newestFirst } from './columns.ts';

/**
 * How many accounts that share a network or a device were granted starter credits in the current window. Keyed digests, linked to no
 * account; deleted after the window.
 */
export const starterSignals = pgTable(
  'starter_signals',
  {
    kind: text('kind', { enum: SIGNAL_KINDS }).notNull(),
    digest: text('digest').notNull(),
    grants: integer('grants').notNull().default(0),
    /** The window begins with its first account. */
    windowEndsAt: moment('window_ends_at').notNull(),
  },
  (table) => [
    oneOf('starter_signals', 'kind', SIGNAL_KINDS),
    sha256Hex('starter_signals', 'digest'),
    check('starter_signals_grants_nonneg', sql`grants >= 0`),
    primaryKey({ name: 'starter_signals_pkey', columns: [table.kind, table.digest] }),
    index('starter_signals_ended').on(table.windowEndsAt),
  ],
);

/** Verified addresses that have had starter credits: a keyed digest, linked to no account. It survives an erasure, as the subject's does. */
export const starterAddresses = pgTable('starter_addresses', { digest: text('digest').primaryKey() }, () => [
  sha256Hex('starter_addresses', 'digest'),
]);

/** Accounts whose starter credits are withheld. The row is deleted when they are granted. */
export const starterWithholdings = pgTable(
  'starter_withholdings',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    reason: text('reason', { enum: WITHHELD_REASONS }).notNull(),
    /** From then on the next request of the user grants them, if there is room; null: once the identity is verified. */
    retryAt: moment('retry_at'),
    /** Keyed digest of the network, for admins: which accounts share it. Null once forgotten, or without a known address. */
    network: text('network'),
    withheldAt: moment('withheld_at').notNull().defaultNow(),
  },
  (table) => [
    oneOf('starter_withholdings', 'reason', WITHHELD_REASONS),
    sha256Hex('starter_withholdings', 'network'),
    index('starter_withholdings_newest').on(newestFirst(table.withheldAt)),
  ],
);
