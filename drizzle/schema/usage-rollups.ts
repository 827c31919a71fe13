import { bigint, check, index, integer, numeric, pgTable, sql, text, unique, uuid } from '../orm.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf, textLength, typedTextLength } from './checks.ts';
import { moment } from './columns.ts';

/**
 * Uses of an account's avatars by the hour: the roll-up of avatar_usage_history, written only by its triggers. No foreign keys: past
 * hours stay as they are, whatever is deleted later.
 */
export const usageHours = pgTable(
  'usage_hours',
  {
    accountId: uuid('account_id').notNull(),
    /** Start of the hour. */
    hour: moment('hour').notNull(),
    /** The avatar's project when it was used. */
    projectId: uuid('project_id').notNull(),
    appId: text('app_id').notNull(),
    /** The app's name in its last use. */
    appName: text('app_name').notNull(),
    /** Uses whose avatars exist, or did when the history of that month was deleted by age. */
    uses: integer('uses').notNull(),
    /** Uses whose avatars were deleted since. */
    deletedUses: integer('deleted_uses').notNull().default(0),
  },
  (table) => [
    textLength('usage_hours', 'app_id', 1, 100),
    typedTextLength('usage_hours', 'app_name', 1, 100),
    check('usage_hours_counts', sql`uses >= 0 AND deleted_uses >= 0`),
    unique('usage_hours_key').on(table.accountId, table.hour, table.projectId, table.appId),
    index('usage_hours_all').on(table.hour),
  ],
);

const usageOfHour = () => ({
  accountId: uuid('account_id').notNull(),
  /** Start of the hour. */
  hour: moment('hour').notNull(),
  /** The project of the request. */
  projectId: uuid('project_id'),
  /** The provider that generated the image or was to; null if none was called. */
  provider: text('provider', { enum: PROVIDERS }),
  /** Completed generations. */
  completed: integer('completed').notNull().default(0),
  failed: integer('failed').notNull().default(0),
  /** Credits captured. */
  captured: bigint('captured', { mode: 'number' }).notNull().default(0),
  /** Credits refunded after a capture. */
  refunded: bigint('refunded', { mode: 'number' }).notNull().default(0),
  costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }).notNull().default(0),
});
const COUNTS = sql`completed >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0`;

/**
 * Outcomes and costs of an account's generations by the hour: the roll-up of avatar_generations, credit_transfers and
 * provider_attempts. Credits count in the hour of the transfer, dollars in the hour of the call. Read it as `generation_usage`, with what
 * is not added yet.
 */
export const generationHours = pgTable('generation_hours', usageOfHour(), (table) => [
  oneOf('generation_hours', 'provider', PROVIDERS),
  check('generation_hours_counts', COUNTS),
  unique('generation_hours_key').on(table.accountId, table.hour, table.projectId, table.provider).nullsNotDistinct(),
  index('generation_hours_all').on(table.hour),
]);

/**
 * What is not added to generation_hours yet: appended by triggers, so that avatars of one account don't wait for the row of their hour.
 * Without a key or an index: it is read whole, and half a minute long.
 */
export const generationHourChanges = pgTable('generation_hour_changes', usageOfHour(), () => [
  oneOf('generation_hour_changes', 'provider', PROVIDERS),
  check('generation_hour_changes_counts', COUNTS),
]);
