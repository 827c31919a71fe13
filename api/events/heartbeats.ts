import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';

/** Writing to thousands of sockets in one turn of the event loop would delay everybody else: each tick writes to a few. */
const TICK_MS = 250;
const TICKS = SSE_HEARTBEAT_MS / TICK_MS;

/** Something that gets a heartbeat in each interval. */
interface Beating {
  heartbeat(): void;
}

/** One timer for the heartbeats of all streams, spread over the interval. It runs while there is a stream. */
export interface Heartbeats<Stream extends Beating> {
  add(stream: Stream): void;
  remove(stream: Stream): void;
  close(): void;
}

export function createHeartbeats<Stream extends Beating>(): Heartbeats<Stream> {
  const streams = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;
  /** Those that this round has not reached yet, and the ticks that it has for them. */
  let round = streams.values();
  let [left, ticksLeft] = [0, 0];

  function tick(): void {
    if (ticksLeft === 0) {
      round = streams.values();
      [left, ticksLeft] = [streams.size, TICKS];
    }
    const batch = Math.ceil(left / ticksLeft);
    for (let sent = 0; sent < batch; sent += 1) round.next().value?.heartbeat();
    left -= batch;
    ticksLeft -= 1;
  }

  return {
    add(stream) {
      streams.add(stream);
      // A set's iterator also returns what is added meanwhile.
      left += 1;
      timer ??= setInterval(tick, TICK_MS).unref();
    },
    remove(stream) {
      streams.delete(stream);
      if (streams.size > 0) return;
      clearInterval(timer);
      timer = undefined;
      ticksLeft = 0;
    },
    close() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
