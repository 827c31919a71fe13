import type { Check } from './check.ts';

interface OutcomeRow {
  readonly id: string;
  readonly status: string;
  readonly credits_returned: boolean;
  readonly kinds: readonly string[];
  readonly notifications: readonly string[];
}

const OUTCOMES = `
  SELECT g.id, g.status, g.credits_returned,
    ARRAY(SELECT t.kind FROM credit_transfers t WHERE t.generation_id = g.id ORDER BY t.kind) AS kinds,
    ARRAY(SELECT n.kind FROM notifications n WHERE n.generation_id = g.id ORDER BY n.kind) AS notifications
  FROM avatar_generations g JOIN accounts a ON a.id = g.account_id
  WHERE a.erased_at IS NULL AND g.status IN ('completed', 'failed', 'cancelled')`;

/** Card and notification of each generation state what the ledger did. */
export const cardsAgreeWithLedger: Check = async ({ studio }) => {
  const rows = await studio.database.call<OutcomeRow>('faults.outcomes', OUTCOMES, []);
  return rows.flatMap((row) => {
    const problem = contradiction(row);
    return problem === undefined ? [] : [`generation ${row.id} ${problem}`];
  });
};

function contradiction({ status, credits_returned: returned, kinds, notifications }: OutcomeRow): string | undefined {
  const transfers = kinds.join(' + ');
  const wasHeld = kinds.includes('reserve');
  const expected = status === 'completed' ? 'capture + reserve' : wasHeld ? 'release + reserve' : '';
  if (transfers !== expected) return `is ${status}, its transfers are ${transfers}`;
  if (returned !== (status !== 'completed' && wasHeld))
    return `is ${status} and says ${returned ? '' : 'not '}returned`;
  const allowed = { completed: ['avatar_completed'], failed: ['generation_failed'], cancelled: [] }[status] ?? [];
  const sent = notifications.join(', ');
  // A deleted avatar's notification stays; a request that failed before it was accepted has none.
  return sent === allowed.join(', ') || (status === 'failed' && !wasHeld && sent === '')
    ? undefined
    : `is ${status}, its notifications are: ${sent || 'none'}`;
}

/** Users' own servers got exactly the events of their generations, genuine, and with the status that the database has. */
export const webhooksAgreeWithLedger: Check = async ({ studio, load }) => {
  const deliveries = await studio.database.call<{
    id: string;
    event: string;
    state: string;
    status: string;
    generation: string;
  }>(
    'faults.deliveries',
    `SELECT d.id, d.event, d.state, g.status, g.id AS generation FROM webhook_deliveries d
       JOIN avatar_generations g ON g.id = d.generation_id WHERE d.event LIKE 'generation.%'`,
    [],
  );
  const missing = await studio.database.call<{ id: string; status: string }>(
    'faults.undelivered',
    `SELECT g.id, g.status FROM avatar_generations g JOIN webhooks w ON w.account_id = g.account_id
     WHERE g.status IN ('completed', 'failed', 'cancelled') AND (g.pending_at IS NOT NULL OR g.accepted_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.generation_id = g.id AND d.event = 'generation.' || g.status)`,
    [],
  );
  const { received } = load.receiver;
  const byId = Map.groupBy(received, ({ id }) => id);
  return [
    ...received.filter(({ isGenuine }) => !isGenuine).map(({ id }) => `delivery ${id} has a wrong signature`),
    ...missing.map(({ id, status }) => `generation ${id} is ${status}, without a delivery of it`),
    ...deliveries.flatMap(({ id, event, state, status, generation }) => {
      if (event !== `generation.${status}`) return [`generation ${generation} is ${status}, but ${event} was sent`];
      if (state !== 'delivered') return [`delivery ${id} is ${state}`];
      const got = byId.get(id) ?? [];
      if (got.length === 0) return [`delivery ${id} is marked as delivered and never arrived`];
      return got.every(({ body }) => body.includes(generation) && body.includes(event))
        ? []
        : [`delivery ${id} has a wrong body`];
    }),
  ];
};
