import { useEffect, useState } from 'react';
import { serverNowMs } from '#web/live/server-clock.ts';

/** Clocks differ a little; the moment must be over for certain. */
const MARGIN_MS = 1_000;

/**
 * The server's time when the component appeared, when `moment` changed, or when it came.
 * @param moment ISO 8601; null when there is nothing to wait for
 */
export function useNowAt(moment: string | null): Date {
  const [nowMs, setNowMs] = useState(() => serverNowMs(Date.now()));
  useEffect(() => {
    if (moment === null) return undefined;
    const refresh = () => setNowMs(serverNowMs(Date.now()));
    const leftMs = Date.parse(moment) - serverNowMs(Date.now());
    const timers = [setTimeout(refresh), ...(leftMs > 0 ? [setTimeout(refresh, leftMs + MARGIN_MS)] : [])];
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [moment]);
  return new Date(nowMs);
}
