import {
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  smallint,
  sql,
  text,
  unique,
  uniqueIndex,
  uuid,
} from '../orm.ts';
import { ATTEMPT_STATES } from '#domain/generation/attempt.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { between, oneOf, textLength } from './checks.ts';
import { createdAt, moment, newId } from './columns.ts';
import { generations } from './generations.ts';

const TABLE = 'provider_attempts';

/** One row per paid call, inserted before the call is sent. */
export const attempts = pgTable(
  TABLE,
  {
    id: newId(),
    generationId: uuid('generation_id')
      .notNull()
      .references(() => generations.id),
    ordinal: smallint('ordinal').notNull(),
    provider: text('provider', { enum: PROVIDERS }).notNull(),
    model: text('model').notNull(),
    /** The provider's id. Unique, so that no attempt can adopt another attempt's purchase. */
    externalId: text('external_id'),
    state: text('state', { enum: ATTEMPT_STATES }).notNull().default('created'),
    cancelRequestedAt: moment('cancel_requested_at'),
    stagedObject: text('staged_object'),
    credit: text('credit'),
    /** Things of the prompt that the provider left out; its words, so personal data. */
    notDrawn: text('not_drawn').array().notNull().default([]),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }),
    /** Amount counted against the day's budget: the estimate once the call may be sent, the cost when the attempt is closed. */
    budgetedUsd: numeric('budgeted_usd', { precision: 12, scale: 6, mode: 'number' }),
    /** The day (UTC) it counts for. */
    budgetedOn: date('budgeted_on'),
    latencyMs: integer('latency_ms'),
    failureKind: text('failure_kind', { enum: PROVIDER_FAILURES }),
    failureMessage: text('failure_message'),
    createdAt: createdAt(),
    submittingAt: moment('submitting_at'),
    submittedAt: moment('submitted_at'),
    /** The job that a callback named for this attempt while its external id was unknown: the adapter checks it before it is adopted. */
    calledBackJob: text('called_back_job'),
    /** When the provider's callback arrived; the waiting activity then polls at once. */
    calledBackAt: moment('called_back_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    oneOf(TABLE, 'provider', PROVIDERS),
    oneOf(TABLE, 'state', ATTEMPT_STATES),
    oneOf(TABLE, 'failure_kind', PROVIDER_FAILURES),
    between(TABLE, 'ordinal', 0, 99),
    textLength(TABLE, 'model', 1, 200),
    textLength(TABLE, 'external_id', 1, 200),
    textLength(TABLE, 'called_back_job', 1, 200),
    textLength(TABLE, 'staged_object', 1, 300),
    textLength(TABLE, 'credit', 1, 500),
    textLength(TABLE, 'failure_message', 1, 500),
    check(`${TABLE}_latency`, sql`latency_ms >= 0`),
    check(`${TABLE}_budgeted`, sql`(budgeted_usd IS NULL) = (budgeted_on IS NULL) AND budgeted_usd >= 0`),
    check(`${TABLE}_succeeded_is_staged`, sql`state <> 'succeeded' OR staged_object IS NOT NULL`),
    check(`${TABLE}_failed_has_kind`, sql`state <> 'failed' OR failure_kind IS NOT NULL`),
    unique(`${TABLE}_ordinal_key`).on(table.generationId, table.ordinal),
    uniqueIndex(`${TABLE}_external_key`)
      .on(table.provider, table.externalId)
      .where(sql`external_id IS NOT NULL`),
    index(`${TABLE}_open`)
      .on(table.createdAt)
      .where(sql`state IN ('created', 'submitting', 'submitted')`),
  ],
);
