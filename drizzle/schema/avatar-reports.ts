import { check, index, pgTable, sql, text, unique, uniqueIndex, uuid } from '../orm.ts';
import { REPORT_DECISIONS, REPORT_KINDS, REPORT_LIMITS } from '#domain/moderation/report.ts';
import { accounts } from './accounts.ts';
import { avatars } from './avatars.ts';
import { oneOf, typedTextLength } from './checks.ts';
import { createdAt, moment, newId } from './columns.ts';

const TABLE = 'avatar_reports';

/** Reports of avatars; the account is the reporter's, null for a visitor with a shared link. */
export const avatarReports = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    avatarId: uuid('avatar_id')
      .notNull()
      .references(() => avatars.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: REPORT_KINDS }).notNull(),
    statement: text('statement').notNull(),
    decision: text('decision', { enum: REPORT_DECISIONS }),
    decidedAt: moment('decided_at'),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf(TABLE, 'kind', REPORT_KINDS),
    oneOf(TABLE, 'decision', REPORT_DECISIONS),
    typedTextLength(TABLE, 'statement', 1, REPORT_LIMITS.statementMaxLength),
    check(`${TABLE}_decided`, sql`(decision IS NULL) = (decided_at IS NULL)`),
    unique(`${TABLE}_once`).on(table.accountId, table.avatarId, table.kind),
    // Visitors can't fill the queue: one undecided report of each kind.
    uniqueIndex(`${TABLE}_visitors`)
      .on(table.avatarId, table.kind)
      .where(sql`account_id IS NULL AND decision IS NULL`),
    index(`${TABLE}_avatar`).on(table.avatarId),
    index(`${TABLE}_open`)
      .on(table.createdAt, table.id)
      .where(sql`decision IS NULL`),
  ],
);
