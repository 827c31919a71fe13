/**
 * What one avatar may cost from POST to delivery, by a fake Replicate, with empty caches: today's costs. They don't depend on the
 * machine; who lowers one lowers its limit. Statements are those that the pools sent, transactions and rows are Postgres' own counters,
 * and bucket calls are HTTP requests. One of the updates is the request counter's, which starts with an insert now and then.
 */
export const AVATAR_COSTS = {
  statements: 11,
  transactions: 11,
  rowsInserted: 11,
  rowsUpdated: 10,
  rowsDeleted: 0,
  bucketCalls: 4,
};

/** The same while a page follows the account's events: what changed is read whenever something has. */
export const FOLLOWED_AVATAR_COSTS = { ...AVATAR_COSTS, statements: 14, transactions: 14 };
