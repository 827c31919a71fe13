import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { createAuthRetry } from '../auth/auth-retry.ts';
import { sendForm } from '../http/send-form.ts';
import { useTokenRenewal, useTokenStore } from '../auth/auth-context.ts';
import { subjectOf } from '../auth/token-subject.ts';
import { type ConnectionState, createEventStream } from './event-stream.ts';
import { noteServerTime } from './server-clock.ts';
import { onServerResponse } from './server-response.ts';
import { createSharedEvents } from './shared-events.ts';
import { openTabChannel } from './tab-channel.ts';
import { readSnapshot, writeEvent } from './write-to-cache.ts';

const ConnectionContext = createContext<ConnectionState>('connecting');

/** Receives live events while a user is signed in; all tabs of one user share one stream. */
export function LiveEvents({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const client = useQueryClient();
  const tokens = useTokenStore();
  const renewal = useTokenRenewal();
  const [state, setState] = useState<ConnectionState>('connecting');
  useEffect(() => {
    const { fetch } = createAuthRetry({
      fetch: (...args) => globalThis.fetch(...args),
      sendForm,
      renew: renewal.renew,
    });
    let waiting = false;
    const reconnectNow = () => {
      if (waiting) stream.reconnectNow();
    };
    const stream = createSharedEvents({
      name: `events of ${subjectOf(tokens.current()?.token ?? '')}`,
      locks: navigator.locks,
      openChannel: openTabChannel,
      createStream: (sink) =>
        createEventStream({
          url,
          token: () => tokens.current()?.token,
          fetch,
          random: Math.random,
          isOnline: () => navigator.onLine,
          onUnauthorized: () => {
            if (!tokens.current()?.needsSignIn) renewal.end();
          },
          ...sink,
        }),
      snapshot: () => readSnapshot(client),
      onEvent: (name, data) => writeEvent(client, name, data, Date.now()),
      onState(next) {
        waiting = next === 'reconnecting';
        setState(next);
      },
      onServerTime: (serverMs) => noteServerTime(serverMs, Date.now()),
    });
    window.addEventListener('online', stream.reconnect);
    window.addEventListener('offline', stream.reconnect);
    document.addEventListener('visibilitychange', reconnectNow);
    const stopWatching = onServerResponse(client, reconnectNow);
    let token = tokens.current()?.token;
    const unsubscribe = tokens.subscribe(() => {
      const next = tokens.current()?.token;
      if (next !== undefined && next !== token) stream.renew();
      token = next;
    });
    stream.start();
    return () => {
      unsubscribe();
      stopWatching();
      document.removeEventListener('visibilitychange', reconnectNow);
      stream.stop();
      window.removeEventListener('online', stream.reconnect);
      window.removeEventListener('offline', stream.reconnect);
    };
  }, [client, tokens, renewal, url]);
  return <ConnectionContext value={state}>{children}</ConnectionContext>;
}

export function useConnectionState(): ConnectionState {
  return use(ConnectionContext);
}
