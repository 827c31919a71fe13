/** How long the event loop's thread worked without turning to anything else. */
export interface Stretches {
  /** Time on the processor, ms. */
  readonly longestMs: number;
  readonly p99Ms: number;
  readonly count: number;
}

/** Each tick ends a stretch. */
const TICK_MS = 1;
const MICROSECONDS_PER_MS = 1_000;

/**
 * Measures, at each tick of a timer, the processor time that this thread has used since the last one. That is the delay that a request
 * would have met, without what other processes of the machine took: a preempted thread uses no time.
 */
export function measureStretches(): { reset(): void; read(): Stretches; stop(): void } {
  let stretches: number[] = [];
  let last = threadMs();
  const timer = setInterval(() => {
    const now = threadMs();
    stretches.push(now - last);
    last = now;
  }, TICK_MS);
  timer.unref();
  return {
    reset: () => void (stretches = []),
    read() {
      const sorted = stretches.toSorted((a, b) => a - b);
      const p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
      return { longestMs: sorted.at(-1) ?? 0, p99Ms, count: sorted.length };
    },
    stop: () => clearInterval(timer),
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}

const REFERENCE_ROUNDS = 5;
const REFERENCE_TEXTS = 20_000;

/** Processor time that this machine needs now for a known piece of work, ms: the least of several rounds. */
export function referenceWork(): number {
  const texts = Array.from({ length: REFERENCE_TEXTS }, (_, index) => ({ id: index, text: `text ${index}` }));
  const rounds = Array.from({ length: REFERENCE_ROUNDS }, () => {
    const before = threadMs();
    JSON.parse(JSON.stringify(texts));
    return threadMs() - before;
  });
  return Math.min(...rounds);
}
