import { z } from 'zod';
import { listen, type ListenDeps, type Listening } from '#drizzle/connection/listen.ts';

const CHANNELS = ['generation', 'credits', 'notification', 'account', 'gallery'] as const;

const change = z.discriminatedUnion('channel', [
  z.object({ channel: z.enum(['generation', 'notification']), accountId: z.string(), id: z.string() }),
  z.object({ channel: z.literal('credits'), accountId: z.string() }),
  // Its person was erased.
  z.object({ channel: z.literal('account'), accountId: z.string() }),
  // The public presets.
  z.object({ channel: z.literal('gallery') }),
]);
/** Ids only; what changed is read. */
export type Change = z.infer<typeof change>;
/** What event streams tell. */
export type StreamedChange = Exclude<Change, { channel: 'account' | 'gallery' }>;

export interface ChangeListenerDeps extends Pick<
  ListenDeps,
  'connectionString' | 'log' | 'onConnected' | 'livenessMs'
> {
  readonly onChange: (change: Change) => void;
  readonly onLost: () => void;
}

/** Hears every change that this process shows or keeps, for as long as it lives. */
export function listenForChanges({ onChange, ...deps }: ChangeListenerDeps): Listening {
  return listen({
    ...deps,
    applicationName: 'avatar-studio api listener',
    channels: CHANNELS,
    onNotification(channel, payload) {
      const heard = parseChange(channel, payload);
      if (heard) onChange(heard);
      else deps.log.warn({ channel }, 'a notification of unknown form');
    },
  });
}

/** @returns undefined for what is not ours or not whole */
export function parseChange(channel: string, payload: string | undefined): Change | undefined {
  try {
    return change.safeParse({ ...JSON.parse(payload ?? ''), channel }).data;
  } catch {
    return undefined;
  }
}
