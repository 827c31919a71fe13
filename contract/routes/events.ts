import { EVENT_STREAM, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Server-sent events. */
export const eventsRoutes = {
  watchGeneration: {
    method: 'get',
    path: '/generations/:id/events',
    tag: 'Events',
    summary: 'Stream the events of one generation until it is final',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: EVENT_STREAM },
  },
  watchEverything: {
    method: 'get',
    path: '/events',
    tag: 'Events',
    summary: 'Stream all events of the caller',
    access: 'avatars:read',
    onBehalf: true,
    replies: { 200: EVENT_STREAM },
  },
} as const satisfies Record<string, Route>;
