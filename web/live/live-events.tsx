import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Generation } from '#contract/generation.ts';
import { createAuthRetry } from '../auth/auth-retry.ts';
import { sendForm } from '../http/send-form.ts';
import { useHttp } from '../http/http-context.ts';
import { useTokenRenewal, useTokenStore } from '../auth/auth-context.ts';
import { subjectOf } from '../auth/token-subject.ts';
import { type ConnectionState, createEventStream } from './event-stream.ts';
import { noteServerTime } from './server-clock.ts';
import { onServerResponse } from './server-response.ts';
import { shareChanges } from './share-changes.ts';
import { createSharedEvents } from './shared-events.ts';
import { openTabChannel } from './tab-channel.ts';
import { RefreshLiveContext } from './use-renew-addresses.ts';
import { createNotificationReceiver } from './watched-generations.ts';
import { readSnapshot, writeEvent } from './write-to-cache.ts';

const ConnectionContext = createContext<ConnectionState>('connecting');

interface LiveEventsProps {
  readonly url: string;
  /** Whether the card of a generation is on the screen: then its end needs no notification. */
  readonly isOnScreen: (generation: Generation) => boolean;
  readonly children: ReactNode;
}

/** Receives live events while a user is signed in; all tabs of one user share one stream. */
export function LiveEvents({ url, isOnScreen, children }: LiveEventsProps) {
  const client = useQueryClient();
  const http = useHttp();
  const tokens = useTokenStore();
  const renewal = useTokenRenewal();
  const [state, setState] = useState<ConnectionState>('connecting');
  const refresh = useRef(() => {});
  const isSeen = useEffectEvent(isOnScreen);
  const [refreshLive] = useState(() => () => refresh.current());
  useEffect(() => {
    const { fetch } = createAuthRetry({
      fetch: (...args) => globalThis.fetch(...args),
      sendForm,
      renew: renewal.renew,
    });
    const onNotification = createNotificationReceiver({ client, http, isOnScreen: (generation) => isSeen(generation) });
    let waiting = false;
    const reconnectNow = () => {
      if (waiting) stream.reconnectNow();
    };
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) stream.start();
    };
    const user = subjectOf(tokens.current()?.token ?? '');
    const stopSharing = shareChanges(client, new BroadcastChannel(`changes of ${user}`));
    const stream = createSharedEvents({
      name: `events of ${user}`,
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
      onEvent: (name, data) => writeEvent(client, name, data, Date.now(), onNotification),
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
    // Pages with an open stream are not kept in the back-forward cache, and a page in it must not keep the stream from others.
    window.addEventListener('pagehide', stream.stop);
    window.addEventListener('pageshow', onShow);
    stream.start();
    refresh.current = stream.refresh;
    return () => {
      unsubscribe();
      stopWatching();
      stopSharing();
      document.removeEventListener('visibilitychange', reconnectNow);
      stream.stop();
      window.removeEventListener('pagehide', stream.stop);
      window.removeEventListener('pageshow', onShow);
      window.removeEventListener('online', stream.reconnect);
      window.removeEventListener('offline', stream.reconnect);
    };
  }, [client, http, tokens, renewal, url]);
  return (
    <RefreshLiveContext value={refreshLive}>
      <ConnectionContext value={state}>{children}</ConnectionContext>
    </RefreshLiveContext>
  );
}

export function useConnectionState(): ConnectionState {
  return use(ConnectionContext);
}
