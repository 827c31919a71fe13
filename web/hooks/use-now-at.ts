import { useEffect, useState } from 'react';
import { serverNowMs } from '#web/live/server-clock.ts';

/** Clocks differ a little; the moment must be over for certain. */
const MARGIN_MS = 1_000;
/** "in 2 h" and "in 25 min" stay right. */
const REFRESH_MS = 60_000;

/**
 * The server's time, at most a minute old while `moment` is ahead, and new when it has come.
 * @param moment ISO 8601; null when there is nothing to wait for
 */
export function useNowAt(moment: string | null): Date {
  const [nowMs, setNowMs] = useState(() => serverNowMs(Date.now()));
  useEffect(() => {
    if (moment === null) return undefined;
    const refresh = () => setNowMs(serverNowMs(Date.now()));
    const leftMs = Date.parse(moment) - serverNowMs(Date.now());
    const timers = [setTimeout(refresh)];
    if (leftMs > 0) {
      const interval = setInterval(refresh, REFRESH_MS);
      timers.push(
        interval,
        setTimeout(() => (refresh(), clearInterval(interval)), leftMs + MARGIN_MS),
      );
    }
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [moment]);
  return new Date(nowMs);
}
