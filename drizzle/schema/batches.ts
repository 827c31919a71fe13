import { index, integer, pgTable, sql, text, uuid } from '../orm.ts';
import { BATCH_MAX_ITEMS } from '#domain/generation/batch.ts';
import { ADMISSION_REFUSALS } from '#domain/generation/failure.ts';
import { accounts } from './accounts.ts';
import { between, oneOf, sha256Hex } from './checks.ts';
import { createdAt, moment, newId, newestFirst } from './columns.ts';
import { projects } from './projects.ts';

/** Generations requested together: the credits of all of them are held, or of none. */
export const batches = pgTable(
  'batches',
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id').references(() => projects.id, { onDelete: 'set null' }),
    size: integer('size').notNull(),
    requestHash: text('request_hash').notNull(),
    /** Incremented by each refusal, as a generation's is. */
    admissionNumber: integer('admission_number').notNull().default(0),
    refusal: text('refusal', { enum: ADMISSION_REFUSALS }),
    /** When the request was answered with 202, before its outcome was known. */
    acceptedAt: moment('accepted_at'),
    /** When the credits of all members were held. */
    admittedAt: moment('admitted_at'),
    cancelledAt: moment('cancelled_at'),
    /** When the reconciler noted that it was never answered, or, once accepted, that its workflow is stuck. */
    overdueAt: moment('overdue_at'),
    createdAt: createdAt(),
  },
  (table) => [
    between('batches', 'size', 1, BATCH_MAX_ITEMS),
    between('batches', 'admission_number', 0, 1_000_000),
    oneOf('batches', 'refusal', ADMISSION_REFUSALS),
    sha256Hex('batches', 'request_hash'),
    index('batches_list').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index('batches_project').on(table.projectId),
    index('batches_unadmitted')
      .on(table.createdAt)
      .where(sql`admitted_at IS NULL`),
  ],
);
