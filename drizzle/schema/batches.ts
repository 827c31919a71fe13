import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { between, sha256Hex } from './checks.ts';
import { createdAt, moment, newId, newestFirst } from './columns.ts';
import { projects } from './projects.ts';

/** Generations asked for together: all of their credits are held, or none. */
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
    cancelledAt: moment('cancelled_at'),
    createdAt: createdAt(),
  },
  (table) => [
    between('batches', 'size', 1, 50),
    sha256Hex('batches', 'request_hash'),
    index('batches_list').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index('batches_project').on(table.projectId),
  ],
);
