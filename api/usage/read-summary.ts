import { COST_ROWS_MAX } from '#contract/usage.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { totalsOf, usesByApp } from '#drizzle/queries/usage/analytics.ts';
import type { Handler } from '../handler.ts';
import { usageScopeOf } from './usage-scope.ts';

export function readUsageSummary({ database }: { database: Database }): Handler<'readUsageSummary'> {
  return async ({ query, caller }) => {
    const scope = usageScopeOf(query, caller, 'hour', 'day');
    const [apps, totals] = await Promise.all([usesByApp(database, scope), totalsOf(database, scope)]);
    const { credits, costUsd, completed, failed } = totals;
    const ended = completed + failed;
    return {
      status: 200,
      body: {
        from: scope.from.toISOString(),
        to: scope.to.toISOString(),
        uses: apps.reduce((sum, { uses }) => sum + uses, 0),
        usesOfDeleted: apps.reduce((sum, { deletedUses }) => sum + deletedUses, 0),
        apps: apps.slice(0, COST_ROWS_MAX).map(({ appId, appName, uses }) => ({ appId, appName, uses })),
        credits,
        costUsd,
        completed,
        failed,
        successRate: ended === 0 ? null : completed / ended,
      },
    };
  };
}
