import { pgTable, text, timestamp } from '../orm.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { oneOf } from './checks.ts';

/** When each provider may get its next create call: the rate limiter's clock, shared by all workers. */
export const providerLimits = pgTable(
  'provider_limits',
  {
    provider: text('provider', { enum: PROVIDERS }).primaryKey(),
    /** Theoretical arrival time of the next create call (GCRA). */
    nextCreateAt: timestamp('next_create_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  () => [oneOf('provider_limits', 'provider', PROVIDERS)],
);
