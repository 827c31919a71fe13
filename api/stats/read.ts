import type { Stats } from '#contract/stats.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { velocityFlags } from '#drizzle/queries/accounts/velocity-flags.ts';
import { totalsOf } from '#drizzle/queries/usage/analytics.ts';
import { attemptsSince, endedSince, failuresSince, storageTotals } from '#drizzle/queries/admin/stats.ts';
import { wholeBuckets } from '#domain/account/time-bucket.ts';
import type { Forecast } from '../forecast/read-forecast.ts';
import type { Handler } from '../handler.ts';
import type { QueueView } from '../queue/queue-view.ts';

const HOUR_MS = 3_600_000;

interface StatsDeps {
  readonly database: Database;
  readonly queueView: QueueView;
  readonly readForecast: () => Promise<Forecast>;
}

/** Reads operating statistics for the last hours. */
export function readStats({ database, queueView, readForecast }: StatsDeps): Handler<'readStats'> {
  return async ({ query: { hours } }) => {
    const to = new Date();
    const from = new Date(to.getTime() - hours * HOUR_MS);
    const [ended, errors, providers, storage, cost, flags, { waiting, running, drainPerMinute }, forecast] =
      await Promise.all([
        endedSince(database, from),
        failuresSince(database, from),
        attemptsSince(database, from),
        storageTotals(database),
        totalsOf(database, { ...wholeBuckets({ from, to }, 'hour'), accountId: undefined }),
        velocityFlags(database),
        queueView.load(),
        readForecast(),
      ]);
    const body: Stats = {
      from: from.toISOString(),
      to: to.toISOString(),
      generations: overallOf(ended),
      tiers: ended.flatMap((row) =>
        row.tier === null ? [] : [{ tier: row.tier, ...outcomesOf(row), totalMs: row.totalMs }],
      ),
      errors,
      providers: providers.map(({ succeeded, failed, ...row }) => ({
        ...row,
        succeeded,
        failed,
        successRate: successRateOf(succeeded, failed),
      })),
      queue: { waiting: [...waiting], running, drainPerMinute },
      forecast: {
        recommendedWorkers: forecast.recommendedWorkers,
        hours: forecast.hours.map(({ at, generations }) => ({ at: at.toISOString(), generations })),
      },
      storage,
      cost: { credits: cost.credits, costUsd: cost.costUsd },
      flags,
    };
    return { status: 200, body };
  };
}

type EndedRow = Awaited<ReturnType<typeof endedSince>>[number];

function overallOf(rows: readonly EndedRow[]): Stats['generations'] {
  const overall = rows.find(({ tier }) => tier === null);
  const { waitingMs = null, generationMs = null, totalMs = null } = overall ?? {};
  return { ...outcomesOf(overall), waitingMs, generationMs, totalMs };
}

function outcomesOf({ completed = 0, failed = 0, cancelled = 0 }: Partial<EndedRow> = {}) {
  return { completed, failed, cancelled, successRate: successRateOf(completed, failed) };
}

function successRateOf(succeeded: number, failed: number): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}
