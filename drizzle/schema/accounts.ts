import { sql } from 'drizzle-orm';
import { bigint, check, date, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { TIERS } from '../../domain/tier.ts';
import { oneOf, textLength } from './checks.ts';
import { createdAt, newId } from './columns.ts';

/**
 * Who has credits. The id is opaque and goes everywhere; `subject` and `display_name` are the person and can be erased.
 * Balances and counters are moved by the trigger on credit_transfers and by nothing else.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: newId(),
    subject: text('subject').unique('accounts_subject_key'),
    displayName: text('display_name'),
    tier: text('tier', { enum: TIERS }).notNull().default('free'),
    posted: bigint('posted', { mode: 'number' }).notNull().default(0),
    held: bigint('held', { mode: 'number' }).notNull().default(0),
    /** The UTC day that `day_count` counts. */
    day: date('day', { mode: 'string' }).notNull().default('-infinity'),
    /** Reserves made on that day; a release does not give one back. */
    dayCount: integer('day_count').notNull().default(0),
    dailyLimit: integer('daily_limit').notNull(),
    /** Reserves that are neither captured nor released. */
    unfinished: integer('unfinished').notNull().default(0),
    unfinishedLimit: integer('unfinished_limit').notNull(),
    createdAt: createdAt(),
  },
  () => [
    oneOf('accounts', 'tier', TIERS),
    textLength('accounts', 'subject', 1, 255),
    textLength('accounts', 'display_name', 1, 100),
    check('accounts_posted_nonneg', sql`posted >= 0`),
    check('accounts_held_nonneg', sql`held >= 0`),
    check('accounts_insufficient', sql`held <= posted`),
    check('accounts_unfinished_nonneg', sql`unfinished >= 0`),
    check('accounts_limits_nonneg', sql`daily_limit >= 0 AND unfinished_limit >= 0`),
  ],
);
