import { COST_ROWS_MAX, type CostsBy, type UsageCosts } from '#contract/usage.ts';
import { bucketsOf } from '#domain/account/time-bucket.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Reach, type Spent, totalsOf, trendOf } from '#drizzle/queries/usage/analytics.ts';
import { type CostRow, costsBy } from '#drizzle/queries/usage/costs.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import { usageScopeOf } from './usage-scope.ts';

const NOTHING: Spent = { credits: 0, costUsd: 0, completed: 0 };
/** The bucket to which the period is rounded: costs by day list every day, so they need whole days. */
const ROUNDED_TO = { day: 'day', project: 'hour', app: 'hour', provider: 'hour' } as const satisfies Record<
  CostsBy,
  string
>;

/**
 * Generations and uses in a period whose costs by project or app are read for all accounts. They are read one by one, in about two
 * seconds, half of what a statement may run.
 */
const READ_OF_ALL_MAX = 1_000_000;

export function readUsageCosts({ database }: { database: Database }): Handler<'readUsageCosts'> {
  return async ({ query, caller }) => {
    const { by } = query;
    const scope = usageScopeOf(query, caller, ROUNDED_TO[by], 'day');
    if (scope.accountId === undefined && (by === 'project' || by === 'app')) await assertReadable(database, scope);
    const [{ rows, rest }, total] = await Promise.all([
      by === 'day' ? costsByDay(database, scope) : costsBy(database, scope, by, COST_ROWS_MAX),
      totalsOf(database, scope),
    ]);
    return {
      status: 200,
      body: {
        from: scope.from.toISOString(),
        to: scope.to.toISOString(),
        by,
        data: rows.map(presentCost),
        rest: spentOf(rest),
        total: spentOf(total),
      },
    };
  };
}

/** @throws ApiProblem validation_failed */
async function assertReadable(database: Database, scope: Reach): Promise<void> {
  const weeks = await trendOf(database, scope, 'week');
  const found = weeks.reduce((sum, { completed, failed, uses }) => sum + completed + failed + uses, 0);
  if (found <= READ_OF_ALL_MAX) return;
  const message = `must be later: of all accounts, at most ${READ_OF_ALL_MAX} generations and uses are read, and there were ${found}`;
  throw new ApiProblem('validation_failed', { errors: [{ path: 'from', message }] });
}

async function costsByDay(database: Database, scope: Reach): Promise<{ rows: CostRow[]; rest: Spent }> {
  const points = await trendOf(database, scope, 'day');
  const pointByTime = new Map(points.map((point) => [point.at.getTime(), point]));
  const rows = bucketsOf(scope, 'day').map((day) => {
    const at = day.toISOString();
    return { key: at, name: at.slice(0, 10), uses: null, ...spentOf(pointByTime.get(day.getTime()) ?? NOTHING) };
  });
  return { rows, rest: NOTHING };
}

function presentCost({ key, name, uses, ...spent }: CostRow): UsageCosts['data'][number] {
  return { key, name, uses, ...spentOf(spent) };
}

function spentOf({ credits, costUsd, completed }: Spent): Spent {
  return { credits, costUsd, completed };
}
