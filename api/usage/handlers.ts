import type { usageRoutes } from '#contract/routes/usage.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { audited } from '../admin/audited.ts';
import type { Caller } from '../request-context.ts';
import { readUsageCosts } from './read-costs.ts';
import { listUsage } from './list.ts';
import { readUsageSummary } from './read-summary.ts';
import { trackUsage } from './track.ts';
import { readUsageTrends } from './read-trends.ts';

/** Only admins read the usage of others, all at once. */
const USAGE_OF_ALL = {
  act: 'usage.read',
  when: ({ query, caller }: { query: { account: 'mine' | 'all' }; caller: Caller }) =>
    query.account === 'all' && caller.role === 'admin',
} as const;

export function usageHandlers({ database }: HandlersDeps): HandlersOf<typeof usageRoutes> {
  const deps = { database };
  return {
    trackUsage: trackUsage(deps),
    listUsage: listUsage(deps),
    readUsageSummary: audited<'readUsageSummary'>(deps, USAGE_OF_ALL, readUsageSummary(deps)),
    readUsageTrends: audited<'readUsageTrends'>(deps, USAGE_OF_ALL, readUsageTrends(deps)),
    readUsageCosts: audited<'readUsageCosts'>(deps, USAGE_OF_ALL, readUsageCosts(deps)),
  };
}
