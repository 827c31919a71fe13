/**
 * How long an image's signed URL stays the same: browsers cache by URL, so it must not change with every page load. A URL is valid for
 * two windows, so that one signed in the last second of a window still works for a whole window.
 */
export const SIGNING_WINDOW_MS = 60 * 60_000;
const WINDOWS_VALID = 2;

export interface SigningWindow {
  readonly startsAt: Date;
  readonly expiresAt: Date;
}

/** The window that contains `now`, with the expiry of URLs signed in it. */
export function signingWindow(now: Date): SigningWindow {
  const startMs = Math.floor(now.getTime() / SIGNING_WINDOW_MS) * SIGNING_WINDOW_MS;
  return { startsAt: new Date(startMs), expiresAt: new Date(startMs + WINDOWS_VALID * SIGNING_WINDOW_MS) };
}
