import { index, pgTable, text, uuid } from '../orm.ts';
import { accounts } from './accounts.ts';
import { sha256Hex } from './checks.ts';
import { createdAt } from './columns.ts';
import { generations } from './generations.ts';

/**
 * Idempotency keys of retries that were answered with a successor that existed already. The key stays bound to that answer: sent
 * again after the successor has failed, it starts nothing.
 */
export const retryKeys = pgTable(
  'retry_keys',
  {
    /** Derived from account, route and key, as the id of a generation is. */
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The successor. */
    generationId: uuid('generation_id')
      .notNull()
      .references(() => generations.id, { onDelete: 'cascade' }),
    requestHash: text('request_hash').notNull(),
    createdAt: createdAt(),
  },
  (table) => [sha256Hex('retry_keys', 'request_hash'), index('retry_keys_generation').on(table.generationId)],
);
