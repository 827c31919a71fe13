import { bucketsOf } from '#domain/account/time-bucket.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { trendOf } from '#drizzle/queries/usage/analytics.ts';
import type { Handler } from '../handler.ts';
import { reachOf } from './reach.ts';

export function readUsageTrends({ database }: { database: Database }): Handler<'readUsageTrends'> {
  return async ({ query, caller }) => {
    const { bucket } = query;
    const reach = reachOf(query, caller, bucket);
    const points = await trendOf(database, reach, bucket);
    const known = new Map(points.map((point) => [point.at.getTime(), point]));
    return {
      status: 200,
      body: {
        from: reach.from.toISOString(),
        to: reach.to.toISOString(),
        bucket,
        data: bucketsOf(reach, bucket).map((at) => {
          const { uses = 0, credits = 0, costUsd = 0, made = 0, failed = 0 } = known.get(at.getTime()) ?? {};
          return { at: at.toISOString(), uses, credits, costUsd, made, failed };
        }),
      },
    };
  };
}
