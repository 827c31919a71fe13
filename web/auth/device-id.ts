import { randomId } from '../browser/random-id.ts';
import { browserStorage } from '../browser/storage.ts';

const KEY = 'device';

let known: string | undefined;

/**
 * A random id of this browser, the same for all its users: starter credits are given to only a few accounts of one device. It names
 * nobody, and another one replaces it when the storage is cleared.
 * @returns undefined where the storage is blocked: an unknown device is not counted
 */
export function deviceId(): string | undefined {
  if (known !== undefined) return known;
  const stored = browserStorage.getItem(KEY);
  if (stored === null && !browserStorage.isLasting()) return undefined;
  known = stored ?? randomId();
  if (stored === null) browserStorage.setItem(KEY, known);
  return known;
}

/** The headers that send it. */
export function deviceHeaders(): Record<string, string> {
  const id = deviceId();
  return id === undefined ? {} : { 'x-device-id': id };
}
