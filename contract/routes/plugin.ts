import { plugin } from '../plugin.ts';
import type { Route } from '../route.ts';

/** What the platform asks of each of its apps. */
export const pluginRoutes = {
  readPlugin: {
    method: 'get',
    path: '/plugin',
    tag: 'Platform',
    summary: "The app's manifest: who it is, what it costs, who may come in, and where",
    access: 'public',
    replies: { 200: plugin },
  },
} as const satisfies Record<string, Route>;
