import { index, pgTable, text } from '../orm.ts';
import { textLength } from './checks.ts';
import { moment } from './columns.ts';

/** Ids of received provider callbacks, each handled once; stored as long as a callback could be sent again. */
export const providerCallbacks = pgTable(
  'provider_callbacks',
  {
    id: text('id').primaryKey(),
    receivedAt: moment('received_at').notNull().defaultNow(),
  },
  (table) => [
    textLength('provider_callbacks', 'id', 1, 200),
    index('provider_callbacks_received').on(table.receivedAt),
  ],
);
