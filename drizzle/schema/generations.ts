import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  numeric,
  pgTable,
  smallint,
  sql,
  text,
  uniqueIndex,
  uuid,
} from '../orm.ts';
import { FAILURE_CODES, type FailureCode, ADMISSION_REFUSALS } from '#domain/generation/failure.ts';
import { GENERATION_STATUSES, SOURCE_TYPES, STAGES } from '#domain/generation/generation.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { BUILT_PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-builder.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { FIRST_PRIORITY, LAST_PRIORITY, type PriorityKey, TIERS } from '#domain/generation/tier.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { accounts } from './accounts.ts';
import { batches } from './batches.ts';
import { between, boundedArray, boundedObject, oneOf, sha256Hex, textLength, typedTextLength } from './checks.ts';
import { createdAt, document, moment, newestFirst } from './columns.ts';

const TABLE = 'avatar_generations';
const REQUEST_MAX_BYTES = 65_536;
const PLAN_MAX_CANDIDATES = 8;
const CHOICE_MAX_NOTES = 64;

/** Generation requests and their results. Rows that ever held credits are never deleted. */
export const generations = pgTable(
  TABLE,
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** Null once the project is deleted. The foreign key is in the migrations: it sets only this one of two columns to null. */
    projectId: uuid('project_id'),
    /** The project of the request, for the roll-ups; stays when the project is deleted. Set by a trigger. */
    originProjectId: uuid('origin_project_id'),
    batchId: uuid('batch_id').references(() => batches.id, { onDelete: 'set null' }),
    /** The failed or cancelled generation that this one retries. Each has one such successor at most. */
    retryOf: uuid('retry_of').references((): AnyPgColumn => generations.id, { onDelete: 'set null' }),
    status: text('status', { enum: GENERATION_STATUSES }).notNull().default('requested'),
    stage: text('stage', { enum: STAGES }).notNull().default('admitting'),
    /** Incremented by a trigger with every update. */
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    sourceType: text('source_type', { enum: SOURCE_TYPES }).notNull(),
    /** The request body; personal data. */
    request: document('request', DOCUMENTS.request).notNull(),
    requestHash: text('request_hash').notNull(),
    idempotencyKey: text('idempotency_key'),
    price: integer('price').notNull(),
    tier: text('tier', { enum: TIERS }).notNull(),
    priority: smallint('priority').$type<PriorityKey>().notNull(),
    priorityAt: moment('priority_at').notNull().defaultNow(),
    admissionNumber: integer('admission_number').notNull().default(0),
    refusal: text('refusal', { enum: ADMISSION_REFUSALS }),
    /** When the request was answered with 202, before its outcome was known. */
    acceptedAt: moment('accepted_at'),
    plan: document('plan', DOCUMENTS.plan).notNull().default([]),
    /** Why the plan is as it is: each candidate that was chosen or left out. */
    choice: document('choice', DOCUMENTS.choice).notNull().default([]),
    seed: bigint('seed', { mode: 'number' }),
    builtPrompt: text('built_prompt'),
    provider: text('provider', { enum: PROVIDERS }),
    model: text('model'),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }),
    failureCode: text('failure_code', { enum: FAILURE_CODES as [FailureCode, ...FailureCode[]] }),
    failureMessage: text('failure_message'),
    creditsReturned: boolean('credits_returned').notNull().default(false),
    cancelRequestedAt: moment('cancel_requested_at'),
    cancelReason: text('cancel_reason'),
    cancelledBy: text('cancelled_by'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    pendingAt: moment('pending_at'),
    processingAt: moment('processing_at'),
    savingAt: moment('saving_at'),
    finishedAt: moment('finished_at'),
    deadlineAt: moment('deadline_at'),
    /**
     * When the reconciler found its workflow running past every deadline, or its request unanswered; it is ended or dropped if that does
     * not change within a while.
     */
    overdueAt: moment('overdue_at'),
  },
  (table) => [
    oneOf(TABLE, 'status', GENERATION_STATUSES),
    oneOf(TABLE, 'stage', STAGES),
    oneOf(TABLE, 'source_type', SOURCE_TYPES),
    oneOf(TABLE, 'tier', TIERS),
    oneOf(TABLE, 'refusal', ADMISSION_REFUSALS),
    oneOf(TABLE, 'provider', PROVIDERS),
    oneOf(TABLE, 'failure_code', FAILURE_CODES),
    between(TABLE, 'priority', FIRST_PRIORITY, LAST_PRIORITY),
    between(TABLE, 'price', 1, 1_000_000),
    between(TABLE, 'seed', 0, SEED_MAX),
    between(TABLE, 'admission_number', 0, 1_000_000),
    textLength(TABLE, 'idempotency_key', 1, 255),
    typedTextLength(TABLE, 'built_prompt', 0, BUILT_PROMPT_MAX_LENGTH),
    textLength(TABLE, 'model', 1, 200),
    textLength(TABLE, 'failure_message', 1, 500),
    typedTextLength(TABLE, 'cancel_reason', 1, 200),
    textLength(TABLE, 'cancelled_by', 1, 100),
    sha256Hex(TABLE, 'request_hash'),
    boundedObject(TABLE, 'request', REQUEST_MAX_BYTES),
    boundedArray(TABLE, 'plan', PLAN_MAX_CANDIDATES, 4096),
    boundedArray(TABLE, 'choice', CHOICE_MAX_NOTES, 16_384),
    check(`${TABLE}_failed_has_code`, sql`(status = 'failed') = (failure_code IS NOT NULL)`),
    check(`${TABLE}_refused_is_requested`, sql`refusal IS NULL OR status IN ('requested', 'failed', 'cancelled')`),
    check(`${TABLE}_final_has_end`, sql`(status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)`),
    uniqueIndex(`${TABLE}_one_retry`)
      .on(table.retryOf)
      .where(sql`retry_of IS NOT NULL`),
    // One index for each list: a list in some statuses merges their parts, so that no filter reads the rows that it leaves out.
    index(`${TABLE}_by_status`).on(table.accountId, table.status, newestFirst(table.createdAt), newestFirst(table.id)),
    index(`${TABLE}_project_by_status`).on(
      table.projectId,
      table.status,
      newestFirst(table.createdAt),
      newestFirst(table.id),
    ),
    index(`${TABLE}_ended`)
      .on(table.accountId, newestFirst(table.finishedAt))
      .where(sql`finished_at IS NOT NULL`),
    index(`${TABLE}_in_batch`)
      .on(table.batchId)
      .where(sql`batch_id IS NOT NULL`),
    // The queue: accounts take turns within a priority, so the index has the order of the window function.
    index(`${TABLE}_queue`)
      .on(table.priority, table.accountId, table.pendingAt, table.id)
      .where(sql`status = 'pending' AND source_type <> 'upload'`),
    index(`${TABLE}_unfinished`)
      .on(table.createdAt, table.id)
      .where(sql`status IN ('requested', 'pending', 'processing')`),
    index(`${TABLE}_finished`)
      .on(newestFirst(table.finishedAt))
      .where(sql`finished_at IS NOT NULL`),
  ],
);
