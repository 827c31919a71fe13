import type { Spending } from '#domain/provider/budget.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface SpendingRow {
  readonly provider: ProviderName;
  readonly usd: number;
}

/** Selects today's (UTC) spending by provider, US dollars. */
export const SPENDING = `SELECT provider, usd::float8 AS usd FROM provider_spending
     WHERE day = (clock_timestamp() AT TIME ZONE 'UTC')::date AND provider <> 'all'`;

/** Today's (UTC) spending by provider, US dollars. */
export async function readSpending(database: Database): Promise<Spending> {
  return spendingIn(await database.call<{ provider: ProviderName; usd: number }>('spending.read', SPENDING, []));
}

export function spendingIn(rows: readonly SpendingRow[]): Spending {
  return Object.fromEntries(rows.map(({ provider, usd }) => [provider, usd]));
}
