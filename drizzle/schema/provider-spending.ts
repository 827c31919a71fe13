import { date, numeric, pgTable, primaryKey, text } from '../orm.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf } from './checks.ts';

const TABLE = 'provider_spending';

/**
 * The cost of a day's (UTC) attempts by provider: the sum of their `budgeted_usd`, updated by the function and the trigger that
 * change it. The day's row `all` is only a lock.
 */
export const providerSpending = pgTable(
  TABLE,
  {
    day: date('day').notNull(),
    provider: text('provider', { enum: ['all', ...PROVIDERS] }).notNull(),
    usd: numeric('usd', { precision: 12, scale: 6, mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.provider] }), oneOf(TABLE, 'provider', ['all', ...PROVIDERS])],
);
