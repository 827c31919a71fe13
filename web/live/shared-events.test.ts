import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from './event-stream.ts';
import {
  createSharedEvents,
  type EventSink,
  type SharedEvents,
  type SharedEventsDeps,
  type TabChannel,
  type TabMessage,
} from './shared-events.ts';

/** A fake browser: the lock, its waiting list, and the channel between tabs. */
function fakeBrowser() {
  const channels = new Map<TabChannel, (message: TabMessage) => void>();
  /** Their tabs run no code: what is sent to them waits. */
  const frozen = new Map<TabChannel, TabMessage[]>();
  const waiting: (() => void)[] = [];
  let lose: ((reason: DOMException) => void) | undefined;
  const next = () => {
    lose = undefined;
    waiting.shift()?.();
  };
  return {
    channels,
    freeze: (index: number) => void frozen.set([...channels.keys()][index]!, []),
    thaw() {
      const arrived = [...frozen];
      frozen.clear();
      for (const [channel, messages] of arrived) for (const message of messages) channels.get(channel)?.(message);
    },
    openChannel(): TabChannel {
      const channel: TabChannel = {
        listen: (onMessage) => void channels.set(channel, onMessage),
        send(message) {
          for (const [other, deliver] of channels) {
            if (other === channel) continue;
            const asleep = frozen.get(other);
            if (asleep) asleep.push(message);
            else deliver(structuredClone(message));
          }
        },
        close: () => void channels.delete(channel),
      };
      return channel;
    },
    locks: {
      request: ((_name: string, { signal, steal }: LockOptions, run: () => Promise<void> | undefined) =>
        new Promise<void>((resolve, reject) => {
          const acquire = () => {
            lose = reject;
            const hold = async () => {
              await run();
              resolve();
              if (lose === reject) next();
            };
            void hold();
          };
          if (steal) lose?.(new DOMException('stolen', 'AbortError'));
          if (steal || !lose) return acquire();
          waiting.push(acquire);
          signal?.addEventListener('abort', () => {
            const index = waiting.indexOf(acquire);
            if (index < 0) return;
            waiting.splice(index, 1);
            reject(new DOMException('', 'AbortError'));
          });
        })) as LockManager['request'],
    },
  };
}

let browser: ReturnType<typeof fakeBrowser>;
const open: SharedEvents[] = [];

interface Tab {
  readonly events: [string, unknown][];
  readonly states: ConnectionState[];
  /** Receives events of the server; undefined while this tab has no stream. */
  sink: EventSink | undefined;
  readonly reconnect: ReturnType<typeof vi.fn<() => void>>;
  readonly reconnectNow: ReturnType<typeof vi.fn<() => void>>;
  readonly renew: ReturnType<typeof vi.fn<() => void>>;
  readonly shared: SharedEvents;
}

function openTab({ locks }: Pick<SharedEventsDeps, 'locks'> = browser): Tab {
  const events: [string, unknown][] = [];
  const states: ConnectionState[] = [];
  const reconnect = vi.fn<() => void>();
  const reconnectNow = vi.fn<() => void>();
  const renew = vi.fn<() => void>();
  const shared = createSharedEvents({
    name: 'events of alice',
    locks,
    openChannel: browser.openChannel,
    createStream(sink) {
      tab.sink = sink;
      return { start() {}, stop: () => void (tab.sink = undefined), reconnect, reconnectNow, renew };
    },
    snapshot: () => events.find(([name]) => name === 'snapshot')?.[1],
    onEvent: (name, data) => events.push([name, data]),
    onState: (state) => states.push(state),
    onServerTime() {},
  });
  const tab: Tab = { events, states, sink: undefined, reconnect, reconnectNow, renew, shared };
  shared.start();
  open.push(shared);
  return tab;
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const SNAPSHOT = { generations: [], credits: { available: 9 } };

beforeEach(() => {
  browser = fakeBrowser();
});
afterEach(() => {
  for (const shared of open.splice(0)) shared.stop();
});

describe('the tabs of one user', () => {
  it('share one stream, and all receive its events', () => {
    const [one, two] = [openTab(), openTab()];
    expect(two.sink).toBeUndefined();
    one.sink?.onState('live');
    one.sink?.onEvent('credits', { available: 8 });
    expect(two.events).toEqual([['credits', { available: 8 }]]);
    expect(two.states.at(-1)).toBe('live');
    expect(one.events).toEqual(two.events);
  });

  it('send their state to a newly opened tab', () => {
    const one = openTab();
    one.sink?.onEvent('snapshot', SNAPSHOT);
    one.sink?.onState('live');
    const two = openTab();
    expect(two.events).toEqual([['snapshot', SNAPSHOT]]);
    expect(two.states).toEqual(['live']);
    expect(one.events).toHaveLength(1);
  });

  it('continue when the tab with the stream is closed', async () => {
    const [one, two] = [openTab(), openTab()];
    one.shared.stop();
    await settle();
    expect(one.sink).toBeUndefined();
    two.sink?.onEvent('snapshot', SNAPSHOT);
    const three = openTab();
    expect(three.events).toEqual([['snapshot', SNAPSHOT]]);
    expect(browser.channels.size).toBe(2);
  });

  it('stop waiting for the lock when they are closed', async () => {
    const [one, two, three] = [openTab(), openTab(), openTab()];
    two.shared.stop();
    one.shared.stop();
    await settle();
    expect(two.sink).toBeUndefined();
    expect(three.sink).toBeDefined();
  });

  it('reconnect in the tab that has the stream', () => {
    const [one, two] = [openTab(), openTab()];
    one.shared.reconnect();
    two.shared.reconnect();
    expect(one.reconnect).toHaveBeenCalledOnce();
    expect(two.reconnect).not.toHaveBeenCalled();
  });

  it('tell the tab with the stream to reconnect when any of them receives a response', () => {
    const [one, two] = [openTab(), openTab()];
    two.shared.reconnectNow();
    expect(one.reconnectNow).toHaveBeenCalledTimes(1);
    one.shared.reconnectNow();
    expect(one.reconnectNow).toHaveBeenCalledTimes(2);
    expect(two.reconnectNow).not.toHaveBeenCalled();
  });
});

describe('tabs whose stream is in a tab that no longer answers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const MINUTE_MS = 60_000;

  it('take over within a minute, and share one stream again after it has woken up', async () => {
    const [asleep, two, three] = [openTab(), openTab(), openTab()];
    browser.freeze(0);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect([two, three].filter(({ sink }) => sink)).toHaveLength(1);
    browser.thaw();
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    const leaders = [asleep, two, three].filter(({ sink }) => sink);
    expect(leaders).toHaveLength(1);
    leaders[0]?.sink?.onEvent('credits', { available: 7 });
    for (const { events } of [asleep, two, three]) expect(events).toContainEqual(['credits', { available: 7 }]);

    for (const { shared } of leaders) shared.stop();
    await vi.advanceTimersByTimeAsync(1);
    expect([asleep, two, three].filter(({ sink }) => sink)).toHaveLength(1);
  });

  it('leave the stream where it is while that tab answers, however little happens', async () => {
    const [one, two] = [openTab(), openTab()];
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect([one.sink !== undefined, two.sink]).toEqual([true, undefined]);
  });

  it('request a new snapshot from the tab with the stream', () => {
    const [one, two] = [openTab(), openTab()];
    two.shared.refresh();
    one.shared.refresh();
    expect([one.renew.mock.calls.length, two.renew.mock.calls.length]).toEqual([2, 0]);
  });
});

it('each tab has a stream of its own when the browser denies locks', async () => {
  const denied = (async () => {
    throw new DOMException('denied', 'SecurityError');
  }) as LockManager['request'];
  const tabs = [openTab({ locks: { request: denied } }), openTab({ locks: { request: denied } })];
  await settle();
  expect(tabs.map(({ sink }) => sink !== undefined)).toEqual([true, true]);
});

it('each tab opens a stream of its own in a browser without locks', () => {
  const tab = openTab({ locks: undefined });
  tab.sink?.onEvent('snapshot', SNAPSHOT);
  expect(tab.events).toEqual([['snapshot', SNAPSHOT]]);
  expect(browser.channels.size).toBe(0);
});
