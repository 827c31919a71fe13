import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useTokenStore } from '../session/session-context.ts';
import { type ConnectionState, createEventStream } from './event-stream.ts';
import { noteServerTime } from './server-clock.ts';
import { writeEvent } from './write-to-cache.ts';

const ConnectionContext = createContext<ConnectionState>('connecting');

/** Holds the tab's one event stream for as long as somebody is signed in. */
export function LiveEvents({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const client = useQueryClient();
  const tokens = useTokenStore();
  const [state, setState] = useState<ConnectionState>('connecting');
  useEffect(() => {
    const stream = createEventStream({
      url,
      token: () => tokens.current()?.token,
      fetch: (...args) => globalThis.fetch(...args),
      random: Math.random,
      isOnline: () => navigator.onLine,
      onEvent: (name, data) => writeEvent(client, name, data, Date.now()),
      onState: setState,
      onServerTime: (serverMs) => noteServerTime(serverMs, Date.now()),
      onUnauthorized: () => tokens.clear(),
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
