import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { measureStretches, type Stretches } from '../event-loop/stretch-meter.ts';

/** What a process uses, after a garbage collection. */
export interface Gauge {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Buffers outside of the heap. */
  readonly externalBytes: number;
  /** Of all its threads, since its start. */
  readonly cpuMs: number;
  /** Of the event loop, since `begin`. */
  readonly stretches: Stretches | undefined;
}

/** Preloaded into the measured process, whose parent reads the gauge by `read` or `begin`. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Runs between `begin` and the next reading: its ticks cost as much as thousands of idle streams. */
let meter: ReturnType<typeof measureStretches> | undefined;
process.on('message', (request) => {
  const stretches = meter?.read();
  meter?.stop();
  meter = request === 'begin' ? measureStretches() : undefined;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const gauge: Gauge = {
    rssBytes: rss,
    heapBytes: heapUsed,
    externalBytes: external,
    cpuMs: (user + system) / 1_000,
    stretches,
  };
  process.send?.(gauge);
});
// Only to be asked: the channel is no reason to go on running.
process.channel?.unref();
