import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Shifts the clock of this process by what FAULT_CLOCK_FILE says (ms), for `node --import`: `Date` and `Date.now` only. Timers,
 * `performance.now`, Temporal's Rust core and native code have the machine's clock. Reads under a shift are counted in `….reads`.
 */
const FILE = process.env['FAULT_CLOCK_FILE'];
const POLL_EVERY_MS = 100;

if (FILE !== undefined) {
  let shiftMs = 0;
  let reads = 0;
  const realNow = Date.now.bind(Date);
  const now = (): number => {
    if (shiftMs !== 0) reads += 1;
    return realNow() + shiftMs;
  };
  const RealDate = Date;
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === globalThis.Date ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  setInterval(() => {
    try {
      shiftMs = Number(readFileSync(FILE, 'utf8')) || 0;
    } catch {
      shiftMs = 0;
    }
    if (reads > 0) writeFileSync(`${FILE}.reads`, String(reads));
  }, POLL_EVERY_MS).unref();
}
