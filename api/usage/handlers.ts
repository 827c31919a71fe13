import type { usageRoutes } from '#contract/routes/usage.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readUsageCosts } from './read-costs.ts';
import { listUsage } from './list.ts';
import { readUsageSummary } from './read-summary.ts';
import { trackUsage } from './track.ts';
import { readUsageTrends } from './read-trends.ts';

export function usageHandlers({ database }: HandlersDeps): HandlersOf<typeof usageRoutes> {
  const deps = { database };
  return {
    trackUsage: trackUsage(deps),
    listUsage: listUsage(deps),
    readUsageSummary: readUsageSummary(deps),
    readUsageTrends: readUsageTrends(deps),
    readUsageCosts: readUsageCosts(deps),
  };
}
