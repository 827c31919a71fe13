import { index, pgTable, text, unique, uuid } from '../orm.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { accounts } from './accounts.ts';
import { objectShape, typedTextLength } from './checks.ts';
import { createdAt, document, moment, newId, newestFirst } from './columns.ts';

// A persona and attributes, as in avatar-shapes.ts.
const DEFAULTS_MAX_BYTES = 40_960;

/** Projects contain avatars. Deleting one deletes its avatars; the ledger stays. */
export const projects = pgTable(
  'avatar_projects',
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    defaults: document('defaults', DOCUMENTS.projectDefaults).notNull().default({}),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    typedTextLength('avatar_projects', 'name', 1, 100),
    typedTextLength('avatar_projects', 'description', 0, 500),
    objectShape(
      'avatar_projects',
      'defaults',
      { style: 'string', attributes: 'object', persona: 'object' },
      DEFAULTS_MAX_BYTES,
    ),
    // Target of the foreign keys of avatars and generations: project and account, so that a row can't be in another account's project.
    unique('avatar_projects_account_key').on(table.id, table.accountId),
    index('avatar_projects_list').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
  ],
);
