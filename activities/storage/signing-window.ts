/**
 * How long one image keeps one address: browsers cache by address, so it should not change at every page load. An address
 * works for two windows, so even one made in a window's last second is good for a whole one.
 */
export const SIGNING_WINDOW_MS = 60 * 60_000;
const WINDOWS_VALID = 2;

export interface SigningWindow {
  readonly startsAt: Date;
  readonly expiresAt: Date;
}

export function signingWindow(now: Date): SigningWindow {
  const startMs = Math.floor(now.getTime() / SIGNING_WINDOW_MS) * SIGNING_WINDOW_MS;
  return { startsAt: new Date(startMs), expiresAt: new Date(startMs + WINDOWS_VALID * SIGNING_WINDOW_MS) };
}
