import type { Route } from '../route.ts';
import { stats, statsQuery } from '../stats.ts';

/** Statistics for operators. */
export const statsRoutes = {
  readStats: {
    method: 'get',
    path: '/stats',
    tag: 'Administration',
    summary: 'Read statistics: success, times, errors, queue, storage, cost, flagged accounts',
    access: 'avatars:read',
    only: 'admin',
    query: statsQuery,
    replies: { 200: stats },
  },
} as const satisfies Record<string, Route>;
