import { bucketsOf } from '#domain/account/time-bucket.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { trendOf } from '#drizzle/queries/usage/analytics.ts';
import type { Handler } from '../handler.ts';
import { usageScopeOf } from './usage-scope.ts';

export function readUsageTrends({ database }: { database: Database }): Handler<'readUsageTrends'> {
  return async ({ query, caller }) => {
    const { bucket } = query;
    const scope = usageScopeOf(query, caller, bucket);
    const points = await trendOf(database, scope, bucket);
    const pointByTime = new Map(points.map((point) => [point.at.getTime(), point]));
    return {
      status: 200,
      body: {
        from: scope.from.toISOString(),
        to: scope.to.toISOString(),
        bucket,
        data: bucketsOf(scope, bucket).map((at) => {
          const { uses = 0, credits = 0, costUsd = 0, completed = 0, failed = 0 } = pointByTime.get(at.getTime()) ?? {};
          return { at: at.toISOString(), uses, credits, costUsd, completed, failed };
        }),
      },
    };
  };
}
