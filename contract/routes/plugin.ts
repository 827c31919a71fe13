import { plugin } from '../plugin.ts';
import type { Route } from '../route.ts';

/** The plugin manifest, which the platform reads from each of its apps. */
export const pluginRoutes = {
  readPlugin: {
    method: 'get',
    path: '/plugin',
    tag: 'Platform',
    summary: "Read the app's manifest: description, prices, access and pages",
    access: 'public',
    replies: { 200: plugin },
  },
} as const satisfies Record<string, Route>;
