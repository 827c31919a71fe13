const SECOND_MS = 1000;
/** Longer than any throttling window of a service; a larger value would delay a generation for no reason. */
const RETRY_AFTER_MAX_MS = 10 * 60 * SECOND_MS;

/**
 * The pause that the service requests: Retry-After (seconds or a date), else `retry_after` in the body, else "resets in ~30s" in its
 * text. Replicate sends only the last two to accounts with a low balance.
 *
 * @returns milliseconds, or undefined when none is given
 */
export function retryAfterMs(headers: Headers, body: string, now: Date): number | undefined {
  const ms = fromHeader(headers.get('retry-after'), now) ?? fromBody(body);
  return ms === undefined ? undefined : Math.min(Math.max(0, Math.round(ms)), RETRY_AFTER_MAX_MS);
}

function fromHeader(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * SECOND_MS;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at - now.getTime();
}

function fromBody(body: string): number | undefined {
  const seconds = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(body) ?? /resets in ~?(\d+)\s*s/i.exec(body);
  return seconds === null ? undefined : Number(seconds[1]) * SECOND_MS;
}
