import { check, integer, pgTable, primaryKey, sql, text, uuid } from '../orm.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { between, oneOf, textLength } from './checks.ts';
import { moment } from './columns.ts';

const TABLE = 'provider_circuits';

/** Circuit breakers, shared by all workers: domain/provider/circuit-breaker.ts. Without a row, a circuit is closed. */
export const providerCircuits = pgTable(
  TABLE,
  {
    provider: text('provider', { enum: PROVIDERS }).notNull(),
    /** Empty: the provider as a whole. */
    model: text('model').notNull(),
    /** Incremented by every change: an update applies only to the version that it was derived from. */
    version: integer('version').notNull().default(1),
    failures: integer('failures').notNull().default(0),
    failedAt: moment('failed_at'),
    openUntil: moment('open_until'),
    notBefore: moment('not_before'),
    openings: integer('openings').notNull().default(0),
    probe: uuid('probe'),
    probeUntil: moment('probe_until'),
    lastFailure: text('last_failure', { enum: PROVIDER_FAILURES }),
    /** The last scheduled health check, and its failure. */
    checkedAt: moment('checked_at'),
    checkFailure: text('check_failure', { enum: PROVIDER_FAILURES }),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.model] }),
    oneOf(TABLE, 'provider', PROVIDERS),
    oneOf(TABLE, 'last_failure', PROVIDER_FAILURES),
    oneOf(TABLE, 'check_failure', PROVIDER_FAILURES),
    textLength(TABLE, 'model', 0, 200),
    between(TABLE, 'openings', 0, 1_000_000),
    check(`${TABLE}_probe_ends`, sql`(probe IS NULL) = (probe_until IS NULL)`),
  ],
);
