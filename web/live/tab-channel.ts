import type { TabChannel, TabMessage } from './shared-events.ts';

/** A TabChannel over BroadcastChannel, which connects the tabs of one origin. */
export function openTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  let listener: (message: TabMessage) => void = () => {};
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this reaches one origin only
    send: (message) => channel.postMessage(message),
    listen: (onMessage) => {
      listener = onMessage;
    },
    close: () => channel.close(),
  };
}
