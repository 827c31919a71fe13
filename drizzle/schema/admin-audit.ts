import { index, jsonb, pgTable, smallint, text, uuid } from '../orm.ts';
import { ACT_OUTCOMES, ADMIN_ACTS } from '#domain/account/admin-act.ts';
import { boundedObject, oneOf, textLength } from './checks.ts';
import { createdAt, moment, newId, newestFirst } from './columns.ts';

const RECORD_MAX_BYTES = 65_536;

/**
 * Admin actions, inserted before they are carried out. Append-only until they are exported and deleted by age, and without foreign keys: rows outlive accounts, avatars and
 * generations, and contain only their opaque ids.
 */
export const adminAudit = pgTable(
  'admin_audit',
  {
    id: newId(),
    actorId: uuid('actor_id').notNull(),
    act: text('act', { enum: ADMIN_ACTS }).notNull(),
    /** The id or name of the affected object; null for the studio as a whole. */
    target: text('target'),
    body: jsonb('body').$type<Record<string, unknown>>().notNull().default({}),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf('admin_audit', 'act', ADMIN_ACTS),
    textLength('admin_audit', 'target', 1, 100),
    textLength('admin_audit', 'request_id', 1, 100),
    boundedObject('admin_audit', 'body', RECORD_MAX_BYTES),
    index('admin_audit_list').on(newestFirst(table.createdAt), newestFirst(table.id)),
    index('admin_audit_actor').on(table.actorId, newestFirst(table.createdAt), newestFirst(table.id)),
    index('admin_audit_act').on(table.act, newestFirst(table.createdAt), newestFirst(table.id)),
    index('admin_audit_target').on(table.target, newestFirst(table.createdAt), newestFirst(table.id)),
  ],
);

/** The outcome of each admin action; an action without a row here did not finish. Append-only. */
export const adminAuditOutcomes = pgTable(
  'admin_audit_outcomes',
  {
    auditId: uuid('audit_id')
      .primaryKey()
      .references(() => adminAudit.id),
    outcome: text('outcome', { enum: ACT_OUTCOMES }).notNull(),
    /** The HTTP status of the response. */
    status: smallint('status').notNull(),
    result: jsonb('result').$type<Record<string, unknown>>().notNull().default({}),
    endedAt: moment('ended_at').notNull().defaultNow(),
  },
  () => [
    oneOf('admin_audit_outcomes', 'outcome', ACT_OUTCOMES),
    boundedObject('admin_audit_outcomes', 'result', RECORD_MAX_BYTES),
  ],
);
