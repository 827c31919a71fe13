import { COST_ROWS_MAX, type CostsBy, type UsageCosts } from '#contract/usage.ts';
import { bucketsOf } from '#domain/account/time-bucket.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type CostRow, costsBy, type Reach, type Spent, totalsOf, trendOf } from '#drizzle/queries/usage/analytics.ts';
import type { Handler } from '../handler.ts';
import { reachOf } from './reach.ts';

const NOTHING: Spent = { credits: 0, costUsd: 0, made: 0 };
/** Days are few, and all of them are shown. */
const GRAIN = { day: 'day', project: 'hour', app: 'hour', provider: 'hour' } as const satisfies Record<CostsBy, string>;

export function readUsageCosts({ database }: { database: Database }): Handler<'readUsageCosts'> {
  return async ({ query, caller }) => {
    const { by } = query;
    const reach = reachOf(query, caller, GRAIN[by], 'day');
    const [{ rows, rest }, total] = await Promise.all([
      by === 'day' ? costsByDay(database, reach) : costsBy(database, reach, by, COST_ROWS_MAX),
      totalsOf(database, reach),
    ]);
    return {
      status: 200,
      body: {
        from: reach.from.toISOString(),
        to: reach.to.toISOString(),
        by,
        data: rows.map(presentCost),
        rest: spentOf(rest),
        total: spentOf(total),
      },
    };
  };
}

async function costsByDay(database: Database, reach: Reach): Promise<{ rows: CostRow[]; rest: Spent }> {
  const points = await trendOf(database, reach, 'day');
  const known = new Map(points.map((point) => [point.at.getTime(), point]));
  const rows = bucketsOf(reach, 'day').map((day) => {
    const at = day.toISOString();
    return { key: at, name: at.slice(0, 10), uses: null, ...spentOf(known.get(day.getTime()) ?? NOTHING) };
  });
  return { rows, rest: NOTHING };
}

function presentCost({ key, name, uses, ...spent }: CostRow): UsageCosts['data'][number] {
  return { key, name, uses, ...spentOf(spent) };
}

function spentOf({ credits, costUsd, made }: Spent): Spent {
  return { credits, costUsd, made };
}
