const KEY = 'device';

let known: string | undefined;

/**
 * A random id of this browser, the same for all its users: starter credits are given to only a few accounts of one device. It names
 * nobody, and another one replaces it when the storage is cleared.
 * @returns undefined where the storage is blocked, and where the page is not served securely
 */
export function deviceId(): string | undefined {
  if (known !== undefined) return known;
  try {
    const stored = localStorage.getItem(KEY);
    const id = stored ?? crypto.randomUUID();
    if (stored === null) localStorage.setItem(KEY, id);
    known = id;
  } catch {
    // Nothing is lost: an unknown device is not counted.
  }
  return known;
}

/** The headers that send it. */
export function deviceHeaders(): Record<string, string> {
  const id = deviceId();
  return id === undefined ? {} : { 'x-device-id': id };
}
