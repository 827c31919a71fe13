import { z } from 'zod';
import { listen, type ListenDeps, type Listening } from '#drizzle/connection/listen.ts';

const CHANNELS = ['generation', 'credits', 'notification', 'marks', 'account', 'gallery'] as const;

const changeSchema = z.discriminatedUnion('channel', [
  z.object({ channel: z.enum(['generation', 'notification']), accountId: z.string(), id: z.string() }),
  z.object({ channel: z.literal('credits'), accountId: z.string() }),
  // Favorites or ratings of these avatars changed.
  z.object({ channel: z.literal('marks'), accountId: z.string(), ids: z.array(z.string()) }),
  // The account was erased.
  z.object({ channel: z.literal('account'), accountId: z.string() }),
  // The public presets changed.
  z.object({ channel: z.literal('gallery') }),
]);
/** Carries ids only; the changed rows are read separately. */
export type Change = z.infer<typeof changeSchema>;
/** Changes that event streams send. */
export type StreamedChange = Exclude<Change, { channel: 'account' | 'gallery' }>;

export interface ChangeListenerDeps extends Pick<
  ListenDeps,
  'connectionString' | 'log' | 'onConnected' | 'livenessMs'
> {
  readonly onChange: (change: Change) => void;
  readonly onLost: () => void;
}

/** Receives every change that this process streams or caches, until it is closed. */
export function listenForChanges({ onChange, ...deps }: ChangeListenerDeps): Listening {
  return listen({
    ...deps,
    applicationName: 'avatar-studio api listener',
    channels: CHANNELS,
    onNotification(channel, payload) {
      const change = parseChange(channel, payload);
      if (change) onChange(change);
      else deps.log.warn({ channel }, 'received a notification that could not be parsed');
    },
  });
}

/** @returns undefined for an unknown channel or an invalid payload */
export function parseChange(channel: string, payload: string | undefined): Change | undefined {
  try {
    return changeSchema.safeParse({ ...JSON.parse(payload ?? ''), channel }).data;
  } catch {
    return undefined;
  }
}
