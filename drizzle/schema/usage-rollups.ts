import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, numeric, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf, textLength } from './checks.ts';
import { moment } from './columns.ts';

/**
 * How often an account's avatars were used: the roll-up of avatar_usage_history, kept by its triggers alone. No foreign keys:
 * an hour that is over stays as it was, whatever is deleted since.
 */
export const usageHours = pgTable(
  'usage_hours',
  {
    accountId: uuid('account_id').notNull(),
    /** The hour's first moment. */
    hour: moment('hour').notNull(),
    /** Where the avatar lay when it was used. */
    projectId: uuid('project_id').notNull(),
    appId: text('app_id').notNull(),
    /** As the app last called itself. */
    appName: text('app_name').notNull(),
    /** Rows of the history there are. */
    uses: integer('uses').notNull(),
    /** Rows that went with their avatars. */
    deletedUses: integer('deleted_uses').notNull().default(0),
  },
  (table) => [
    textLength('usage_hours', 'app_id', 1, 100),
    textLength('usage_hours', 'app_name', 1, 100),
    check('usage_hours_counts', sql`uses >= 0 AND deleted_uses >= 0`),
    unique('usage_hours_key').on(table.accountId, table.hour, table.projectId, table.appId),
    index('usage_hours_all').on(table.hour),
  ],
);

/**
 * What an account's generations came to and cost: the roll-up of avatar_generations' ends, of credit_transfers and of
 * provider_attempts, kept by triggers alone. Credits count in the hour in which they moved, dollars in that of the call.
 */
export const generationHours = pgTable(
  'generation_hours',
  {
    accountId: uuid('account_id').notNull(),
    /** The hour's first moment. */
    hour: moment('hour').notNull(),
    /** Where it was asked for. */
    projectId: uuid('project_id'),
    /** Who painted, or was to; null where nobody was asked. */
    provider: text('provider', { enum: PROVIDERS }),
    made: integer('made').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    /** Credits captured. */
    captured: bigint('captured', { mode: 'number' }).notNull().default(0),
    /** Credits given back after a capture. */
    refunded: bigint('refunded', { mode: 'number' }).notNull().default(0),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }).notNull().default(0),
  },
  (table) => [
    oneOf('generation_hours', 'provider', PROVIDERS),
    check('generation_hours_counts', sql`made >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0`),
    unique('generation_hours_key').on(table.accountId, table.hour, table.projectId, table.provider).nullsNotDistinct(),
    index('generation_hours_all').on(table.hour),
  ],
);
