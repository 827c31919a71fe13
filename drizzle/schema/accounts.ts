import { bigint, check, date, index, integer, pgTable, sql, text } from '../orm.ts';
import { ASSIGNABLE_TIERS, TIERS } from '#domain/generation/tier.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { objectShape, oneOf, sha256Hex, textLength, typedTextLength } from './checks.ts';
import { createdAt, document, moment, newestFirst, newId } from './columns.ts';

// Five short values.
const DEFAULTS_MAX_BYTES = 1_024;

/**
 * An account with its credits. The id is opaque and may appear anywhere; `subject` and `display_name` are personal and can be erased.
 * Only the trigger on credit_transfers changes balances and counters.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: newId(),
    subject: text('subject').unique('accounts_subject_key'),
    displayName: text('display_name'),
    /** Name and subject as the search of admins compares them; a trigger writes it. */
    foldedIdentity: text('folded_identity'),
    tier: text('tier', { enum: TIERS }).notNull().default('free'),
    /** The tier that an admin has set, whatever tokens say; null: it follows the token. */
    assignedTier: text('assigned_tier', { enum: ASSIGNABLE_TIERS }),
    /** Defaults of the user's generations; cleared by an erasure. */
    defaults: document('defaults', DOCUMENTS.accountDefaults).notNull().default({}),
    posted: bigint('posted', { mode: 'number' }).notNull().default(0),
    held: bigint('held', { mode: 'number' }).notNull().default(0),
    /** The UTC day that `day_count` counts. */
    day: date('day', { mode: 'string' }).notNull().default('-infinity'),
    /** Holds made on that day; a release does not decrease it. */
    dayCount: integer('day_count').notNull().default(0),
    dailyLimit: integer('daily_limit').notNull(),
    /** Start of the UTC hour that `hour_count` counts. */
    hour: moment('hour')
      .notNull()
      .default(sql`'epoch'`),
    /** Holds made in that hour; a release does not decrease it. */
    hourCount: integer('hour_count').notNull().default(0),
    /** Null, no limit: a process of the release before opened the account, and its user has not signed in since. */
    hourlyLimit: integer('hourly_limit'),
    /** Open holds: neither captured nor released. */
    unfinished: integer('unfinished').notNull().default(0),
    unfinishedLimit: integer('unfinished_limit').notNull(),
    createdAt: createdAt(),
    /** Tokens issued up to this time are refused: the subject was erased since. */
    tokensFrom: moment('tokens_from'),
    /** An admin has blocked the account since; null: it is not blocked. */
    blockedAt: moment('blocked_at'),
    /** Since then the account has no subject and no name, and no new rows may refer to it. */
    erasedAt: moment('erased_at'),
    /** When the last row and object had been removed. */
    erasureDoneAt: moment('erasure_done_at'),
  },
  (table) => [
    oneOf('accounts', 'tier', TIERS),
    oneOf('accounts', 'assigned_tier', ASSIGNABLE_TIERS),
    textLength('accounts', 'subject', 1, 255),
    typedTextLength('accounts', 'display_name', 1, 100),
    objectShape(
      'accounts',
      'defaults',
      { style: 'string', quality: 'string', optimizeFor: 'string', provider: 'string', count: 'number' },
      DEFAULTS_MAX_BYTES,
    ),
    check('accounts_posted_nonneg', sql`posted >= 0`),
    check('accounts_held_nonneg', sql`held >= 0`),
    check('accounts_insufficient', sql`held <= posted`),
    check('accounts_unfinished_nonneg', sql`unfinished >= 0`),
    check('accounts_limits_nonneg', sql`daily_limit >= 0 AND unfinished_limit >= 0 AND hourly_limit >= 0`),
    check('accounts_erased_has_no_subject', sql`erased_at IS NULL OR (subject IS NULL AND display_name IS NULL)`),
    index('accounts_newest').on(newestFirst(table.createdAt), newestFirst(table.id)),
    index('accounts_folded_identity').using('gin', sql`folded_identity gin_trgm_ops`),
    index('accounts_erased')
      .on(table.erasedAt)
      .where(sql`erased_at IS NOT NULL`),
  ],
);

/**
 * Subjects of erased accounts, so that no one gets starter credits twice or ends a block: a keyed digest, useless without the key and linked to no
 * account. The key is in `subject_keys`, which the application can't read.
 */
export const erasedSubjects = pgTable(
  'erased_subjects',
  {
    digest: text('digest').primaryKey(),
    erasedAt: moment('erased_at').notNull(),
    /** An erased account that was blocked: the subject's next one is blocked, too. */
    blockedAt: moment('blocked_at'),
  },
  () => [sha256Hex('erased_subjects', 'digest')],
);

/** One row, inserted by a migration. */
export const subjectKeys = pgTable(
  'subject_keys',
  {
    id: integer('id').primaryKey().default(1),
    key: text('key').notNull(),
  },
  () => [check('subject_keys_single_row', sql`id = 1`), sha256Hex('subject_keys', 'key')],
);
