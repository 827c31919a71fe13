import type { Route } from '../route.ts';
import { startup } from '../startup.ts';

/** How far `npm start` has come with the parts that follow the page. */
export const startupRoutes = {
  readStartup: {
    method: 'get',
    path: '/startup',
    tag: 'Startup',
    summary: 'Read how far the embedded stack has been prepared',
    access: 'public',
    replies: { 200: startup },
  },
} as const satisfies Record<string, Route>;
