import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useTokenStore } from '../session/session-context.ts';
import { personOf } from '../session/person-of.ts';
import { type ConnectionState, createEventStream } from './event-stream.ts';
import { noteServerTime } from './server-clock.ts';
import { createSharedEvents } from './shared-events.ts';
import { openTabChannel } from './tab-channel.ts';
import { readSnapshot, writeEvent } from './write-to-cache.ts';

const ConnectionContext = createContext<ConnectionState>('connecting');

/** Listens for as long as somebody is signed in; all tabs of one person share one stream. */
export function LiveEvents({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const client = useQueryClient();
  const tokens = useTokenStore();
  const [state, setState] = useState<ConnectionState>('connecting');
  useEffect(() => {
    const stream = createSharedEvents({
      name: `events of ${personOf(tokens.current()?.token ?? '')}`,
      locks: navigator.locks,
      openChannel: openTabChannel,
      createStream: (sink) =>
        createEventStream({
          url,
          token: () => tokens.current()?.token,
          fetch: (...args) => globalThis.fetch(...args),
          random: Math.random,
          isOnline: () => navigator.onLine,
          onUnauthorized: () => tokens.clear(),
          ...sink,
        }),
      snapshot: () => readSnapshot(client),
      onEvent: (name, data) => writeEvent(client, name, data, Date.now()),
      onState: setState,
      onServerTime: (serverMs) => noteServerTime(serverMs, Date.now()),
    });
    window.addEventListener('online', stream.reconnect);
    window.addEventListener('offline', stream.reconnect);
    stream.start();
    return () => {
      stream.stop();
      window.removeEventListener('online', stream.reconnect);
      window.removeEventListener('offline', stream.reconnect);
    };
  }, [client, tokens, url]);
  return <ConnectionContext value={state}>{children}</ConnectionContext>;
}

export function useConnectionState(): ConnectionState {
  return use(ConnectionContext);
}
