import type { Spending } from '#domain/provider/budget.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Budgets in US dollars a day; undefined: unlimited. */
export interface Bounds {
  readonly totalUsd: number | undefined;
  readonly ownUsd: number | undefined;
}

/**
 * Counts an attempt's expected cost against today's (UTC) budgets, once, before the call is sent. When the attempt is closed, the actual
 * cost replaces the estimate. Exact under concurrent calls: one database function.
 * @returns false if it would exceed a budget: do not call
 */
export async function reserveBudget(
  database: Database,
  attemptId: string,
  costUsd: number,
  { totalUsd, ownUsd }: Bounds,
): Promise<boolean> {
  const [row] = await database.call<{ granted: boolean }>(
    'spending.reserve',
    'SELECT reserve_provider_budget($1, $2, $3, $4) AS granted',
    [attemptId, costUsd, totalUsd ?? null, ownUsd ?? null],
  );
  return row?.granted === true;
}

/** Today's (UTC) spending by provider, US dollars. */
export async function readSpending(database: Database): Promise<Spending> {
  const rows = await database.call<{ provider: ProviderName; usd: number }>(
    'spending.read',
    `SELECT provider, usd::float8 AS usd FROM provider_spending
     WHERE day = (clock_timestamp() AT TIME ZONE 'UTC')::date AND provider <> 'all'`,
    [],
  );
  return Object.fromEntries(rows.map(({ provider, usd }) => [provider, usd]));
}
