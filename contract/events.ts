import { z } from 'zod';
import { avatar } from './avatar.ts';
import { credits } from './credits.ts';
import { generation, queuePosition } from './generation.ts';
import { notification } from './notification.ts';
import { uuid } from './text.ts';

/** Every event of GET /events and GET /generations/:id/events, by its SSE name. Each (re)connect begins with `snapshot`. */
export const EVENTS = {
  /** The current state: unfinished generations, those finished within the last day, and the balance. */
  snapshot: z.strictObject({ generations: z.array(generation), credits }).meta({ id: 'Snapshot' }),
  /** The complete new state; ignore it unless its version is newer. */
  generation,
  queue: z
    .strictObject({ positions: z.array(z.strictObject({ generationId: uuid, queue: queuePosition })) })
    .meta({ id: 'QueuePositions' }),
  credits,
  notification,
  /** Favorites and ratings that changed: all of a statement in one event. */
  marks: z
    .strictObject({ avatars: z.array(avatar.pick({ id: true, favorite: true, rating: true })) })
    .meta({ id: 'Marks' }),
} as const;
export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.infer<(typeof EVENTS)[Name]>;
export { SSE_HEARTBEAT_MS } from './heartbeat.ts';
