import { boolean, check, pgTable, sql, text, uuid } from '../orm.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf } from './checks.ts';
import { moment } from './columns.ts';

/** Whether new generations are paused. One row, or none if they were never paused. */
export const newGenerations = pgTable(
  'new_generations',
  {
    only: boolean('only').primaryKey().default(true),
    paused: boolean('paused').notNull(),
    changedAt: moment('changed_at').notNull().defaultNow(),
    changedBy: uuid('changed_by').notNull(),
  },
  () => [check('new_generations_only', sql`"only"`)],
);

/** Providers that an admin switched off or on again; a provider without a row is on. */
export const providerSwitches = pgTable(
  'provider_switches',
  {
    provider: text('provider', { enum: PROVIDERS }).primaryKey(),
    enabled: boolean('enabled').notNull(),
    changedAt: moment('changed_at').notNull().defaultNow(),
    changedBy: uuid('changed_by').notNull(),
  },
  () => [oneOf('provider_switches', 'provider', PROVIDERS)],
);
