import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { measureStretches, type Stretches } from '../event-loop/stretch-meter.ts';

/** What a process uses, after a garbage collection. */
export interface Gauge {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Buffers outside of the heap. */
  readonly externalBytes: number;
  /** Of all its threads, since its start; the last collection is left out. */
  readonly cpuMs: number;
  /** Of the event loop, since `begin`. */
  readonly stretches: Stretches | undefined;
}

/** Preloaded into the measured process, whose parent reads the gauge by `read` or `begin`. */
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
/** As V8 does when a process runs out of memory: it returns free pages, which an ordinary collection retains for minutes. */
const collect = () => gc({ type: 'major', flavor: 'last-resort' });
/** Runs between `begin` and the next reading: its ticks cost as much as thousands of idle streams. */
let meter: ReturnType<typeof measureStretches> | undefined;
process.on('message', (request) => {
  const stretches = meter?.read();
  meter?.stop();
  meter = request === 'begin' ? measureStretches() : undefined;
  const cpuBefore = process.cpuUsage();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  // What the collection costs belongs to no measured time.
  const { user, system } = request === 'begin' ? process.cpuUsage() : cpuBefore;
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
