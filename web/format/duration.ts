const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;

/** Elapsed time as a clock: "0:06", "12:40", "1:02:03". Never negative. */
export function formatElapsed(elapsedMs: number): string {
  const total = Math.max(0, Math.floor(elapsedMs / SECOND_MS));
  const seconds = String(total % MINUTE_S).padStart(2, '0');
  const minutes = Math.floor((total % HOUR_S) / MINUTE_S);
  const hours = Math.floor(total / HOUR_S);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** An estimate without false precision: "about 20 s", "about 3 min", "about 2 h". */
export function formatEstimate(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < MINUTE_S) return `about ${Math.ceil(seconds / 5) * 5}\u00A0s`;
  if (seconds < HOUR_S) return `about ${Math.round(seconds / MINUTE_S)}\u00A0min`;
  return `about ${Math.round(seconds / HOUR_S)}\u00A0h`;
}

/** A measured duration: "4.2 s", "1 min 5 s". */
export function formatDuration(ms: number): string {
  const seconds = ms / SECOND_MS;
  if (seconds < 10) return `${seconds.toFixed(1)}\u00A0s`;
  if (seconds < MINUTE_S) return `${Math.round(seconds)}\u00A0s`;
  return `${Math.floor(seconds / MINUTE_S)}\u00A0min ${Math.round(seconds % MINUTE_S)}\u00A0s`;
}
