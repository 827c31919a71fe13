import { bigint, check, integer, numeric, pgTable, sql, text, unique, uuid } from '../orm.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf, textLength, typedTextLength } from './checks.ts';
import { moment } from './columns.ts';

/** Uses of all avatars by hour and app: the sum of usage_hours. Read it with the function `studio_usage`. */
export const studioUsageHours = pgTable(
  'studio_usage_hours',
  {
    /** Start of the hour. */
    hour: moment('hour').notNull(),
    appId: text('app_id').notNull(),
    /** The app's name in a late use of the hour. */
    appName: text('app_name').notNull(),
    /** Below zero for a moment if a deletion is added before its use. */
    uses: integer('uses').notNull(),
    deletedUses: integer('deleted_uses').notNull(),
  },
  (table) => [
    textLength('studio_usage_hours', 'app_id', 1, 100),
    typedTextLength('studio_usage_hours', 'app_name', 1, 100),
    unique('studio_usage_hours_key').on(table.hour, table.appId),
  ],
);

/**
 * What is not added to studio_usage_hours yet: appended by triggers, so that uses of one app don't wait for each other. Without a key or
 * an index: it is read whole, and half a minute long.
 */
export const studioUsageChanges = pgTable(
  'studio_usage_changes',
  {
    accountId: uuid('account_id').notNull(),
    hour: moment('hour').notNull(),
    appId: text('app_id').notNull(),
    appName: text('app_name').notNull(),
    /** Below zero: so many uses became uses of deleted avatars. */
    uses: integer('uses').notNull(),
    deletedUses: integer('deleted_uses').notNull(),
  },
  () => [
    textLength('studio_usage_changes', 'app_id', 1, 100),
    typedTextLength('studio_usage_changes', 'app_name', 1, 100),
  ],
);

/** Outcomes and costs of all generations by hour and provider: the sum of generation_hours. Read it with `studio_generation_usage`. */
export const studioGenerationHours = pgTable(
  'studio_generation_hours',
  {
    /** Start of the hour. */
    hour: moment('hour').notNull(),
    provider: text('provider', { enum: PROVIDERS }),
    completed: integer('completed').notNull(),
    failed: integer('failed').notNull(),
    captured: bigint('captured', { mode: 'number' }).notNull(),
    refunded: bigint('refunded', { mode: 'number' }).notNull(),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }).notNull(),
  },
  (table) => [
    oneOf('studio_generation_hours', 'provider', PROVIDERS),
    check('studio_generation_hours_counts', sql`completed >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0`),
    unique('studio_generation_hours_key').on(table.hour, table.provider).nullsNotDistinct(),
  ],
);

/**
 * How far each sum has got: it has the hours of all accounts up to this one, by id. The reconciler moves it on, a batch of accounts a
 * round; readers add the hours of the accounts after it. At the greatest UUID, which no account has, it is complete.
 */
export const studioSums = pgTable(
  'studio_sums',
  {
    kind: text('kind', { enum: ['generations', 'usage'] }).primaryKey(),
    upToAccountId: uuid('up_to_account_id').notNull(),
  },
  () => [oneOf('studio_sums', 'kind', ['generations', 'usage'])],
);
